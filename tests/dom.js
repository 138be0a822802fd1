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
// The contrast of an element's border with the grounds around it.
const edge = (element) => {
  const grounds = [];
  for (let at = element.parentElement; at; at = at.parentElement ?? at.getRootNode().host) {
    grounds.unshift(getComputedStyle(at).backgroundColor);
  }
  const around = luminance("white", ...grounds);
  const border = luminance("white", ...grounds, getComputedStyle(element).borderBottomColor);
  return (Math.max(around, border) + 0.05) / (Math.min(around, border) + 0.05);
};
// The contrast of an element's text with all the grounds below it, down to the page's.
const contrast = (element) => {
  const grounds = [];
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    grounds.unshift(getComputedStyle(at).backgroundColor);
  }
  const below = luminance("white", ...grounds);
  const text = luminance("white", ...grounds, getComputedStyle(element).color);
  return (Math.max(below, text) + 0.05) / (Math.min(below, text) + 0.05);
};
