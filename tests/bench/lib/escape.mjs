const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text for HTML, content and quoted attributes alike. */
export const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ENTITIES[c]);
