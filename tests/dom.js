// Put before every script that a test runs in a page: how the widget is found.
const host = (n) => document.querySelectorAll("stichwort-teasers")[n];
const all = (n, selector) => [...(host(n)?.shadowRoot?.querySelectorAll(selector) ?? [])];
const first = (n, selector) => all(n, selector)[0];
const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
const shown = (element) =>
  element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
// The number that a text begins with; thousands may be grouped.
const number = (text) => {
  const found = /\d[\d.,\s\u00a0\u202f’']*/.exec(text ?? "");
  return found ? Number(found[0].replace(/\D/g, "")) : null;
};
const active = () => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
};
// Computed colours, in whatever notation, as the relative luminance of the last painted over the others; null where transparent.
const luminance = (...colours) => {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d");
  for (const colour of colours) {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
  }
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
  if (a === 0) return null;
  const linear = (c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
};
// The ground that an element of the widget stands on, itself included; null if only the page's.
const ground = (element) => {
  for (let at = element; at instanceof Element; at = at.parentElement ?? at.getRootNode().host) {
    const found = luminance(getComputedStyle(at).backgroundColor);
    if (found !== null) return found;
    if (at.shadowRoot) return null;
  }
  return null;
};
// The grounds below what stands in an element, from the page's on.
const grounds = (element) => {
  const found = ["white"];
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    found.splice(1, 0, getComputedStyle(at).backgroundColor);
  }
  return found;
};
const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
// The contrast of a colour at an element's edge, or behind it, with the grounds around it.
const beside = (element, colour) => {
  const around = grounds(element.parentElement ?? element.getRootNode().host);
  return ratio(luminance(...around), luminance(...around, colour));
};
// The contrast of an element's border with the grounds around it.
const edge = (element) => beside(element, getComputedStyle(element).borderBottomColor);
// The contrast of an element's text with all the grounds below it.
const contrast = (element) => {
  const below = grounds(element);
  return ratio(luminance(...below), luminance(...below, getComputedStyle(element).color));
};
