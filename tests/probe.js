// First script of every test page: records what goes wrong, and the widget's events.
{
  const log = [];
  const events = [];
  const targets = []; // weak: looking must not keep a removed widget alive
  const text = (value) => {
    if (value instanceof Error) return `${value.name}: ${value.message}\n${value.stack ?? ""}`;
    if (typeof value === "object" && value !== null) {
      try { return JSON.stringify(value); } catch { return String(value); }
    }
    return String(value);
  };
  addEventListener("error", (event) => {
    if (event.target !== window) return; // a resource, not a script's failure
    log.push({ kind: "uncaught", text: `${event.message} (${event.filename}:${event.lineno})` });
  }, true);
  addEventListener("unhandledrejection", (event) => {
    log.push({ kind: "rejection", text: text(event.reason) });
  });
  document.addEventListener("securitypolicyviolation", (event) => {
    if (event.blockedURI.endsWith("/favicon.ico")) return; // the browser's own wish
    log.push({ kind: "policy", text: `${event.effectiveDirective} ${event.blockedURI} ${event.sample}` });
  });
  for (const level of ["error", "warn", "info", "log", "debug"]) {
    const original = console[level];
    console[level] = function (...values) {
      log.push({ kind: level, text: values.map(text).join(" ") });
      return original.apply(this, values);
    };
  }
  for (const name of ["load", "error", "change", "select", "more"]) {
    document.addEventListener(`stichwort-${name}`, (event) => {
      let detail;
      try { detail = JSON.parse(JSON.stringify(event.detail ?? null)); } catch (error) { detail = String(error); }
      targets.push(new WeakRef(event.target));
      events.push({
        type: event.type,
        detail,
        bubbles: event.bubbles,
        composed: event.composed,
        cancelable: event.cancelable,
        target: event.target.id || event.target.localName,
      });
    });
  }
  // What the page had before: names of globals, and of the prototypes that libraries like to extend.
  const surfaces = () => {
    const drivers = /^(cdc_|\$cdc_|Symbol\(automation|ret_nodes$|se_exported)/; // left by WebDriver itself
    const names = (prefix, object) =>
      Reflect.ownKeys(object).map(String).filter((key) => !drivers.test(key)).map((key) => prefix + key);
    return [
      ...names("", window),
      ...[Object, Array, String, Number, Function, Promise, Node, Element, HTMLElement, Document, EventTarget]
        .flatMap((type) => [...names(`${type.name}.`, type), ...names(`${type.name}#`, type.prototype)]),
    ];
  };
  Object.defineProperty(window, "__probe", { value: { log, events, targets, surfaces, before: null } });
  window.__probe.before = surfaces();
}
