// The element class and the first requests. It is wrapped in a function together with
// STYLE (the style sheet), WASM (the program's file) and program() (its glue), and decides
// nothing but whether there is a program to run.

const ELEMENT = "stichwort-teasers";
const FILE = "stichwort.js";

// The attributes that core's options.rs reads.
const ATTRIBUTES = ["src", "home", "tags", "match", "page-size", "lang", "heading", "heading-level", "theme", "link-target"];

// The one thing besides the element that this file leaves on the page.
const KEY = Symbol.for("stichwort");

/** Whether a script tag is a module that names this file. A module has no `currentScript` to know itself by. */
const isOurs = (node) =>
  node instanceof HTMLScriptElement && node.type === "module" && node.src.split(/[?#]/)[0].endsWith(`/${FILE}`);

// Where this file came from; everything else is loaded from beside it.
const ownScript = document.currentScript ?? [...document.scripts].find(isOurs);
const base = ownScript?.src ?? document.baseURI;

const warn = (line) => console.warn(`stichwort: ${line}`);

// ---- The program and the bundles, asked for side by side ----

/** Bundle requests that have begun before the program could ask for them, by address. */
const begun = new Map();

const request = (url, revalidate) => {
  const controller = new AbortController();
  const response = fetch(url, {
    cache: revalidate ? "no-cache" : "default",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    signal: controller.signal,
  });
  // Who asks later sees the failure; until then it is no uncaught one.
  response.catch(() => {});
  return { response, controller };
};

/** Begins the request for an element's bundle while the program is still on its way. */
const begin = (source) => {
  if (isRunning || !/\S/.test(source)) return;
  try {
    const url = new URL(source, document.baseURI).href;
    if (!begun.has(url)) begun.set(url, request(url, false));
  } catch {
    // No address: the program says so.
  }
};

/** Gives up what nobody has asked for. */
const forget = () => {
  for (const { controller } of begun.values()) controller.abort();
  begun.clear();
};

// A sheet belongs to the document that it was made in.
const sheets = new WeakMap();

/** What the program needs of this file; see src/widget/loader.rs. */
const loader = {
  base,
  request(url, revalidate) {
    const first = begun.get(url);
    begun.delete(url);
    return first ?? request(url, revalidate);
  },
  dress(shadow) {
    const { ownerDocument } = shadow;
    let sheet = sheets.get(ownerDocument);
    if (!sheet) {
      sheet = new (ownerDocument.defaultView ?? globalThis).CSSStyleSheet();
      sheet.replaceSync(STYLE);
      sheets.set(ownerDocument, sheet);
    }
    shadow.adoptedStyleSheets = [sheet];
  },
};

let running;
let isRunning = false;

/** The running program, started by the first element. All elements of the page share it. */
const start = () =>
  (running ??= (async () => {
    const glue = program();
    const wasm = fetch(new URL(WASM, base), { credentials: "omit" });
    await glue({ module_or_path: wasm });
    glue.start(loader);
    isRunning = true;
    // By then every element that has waited has asked for its bundle.
    setTimeout(forget);
    return glue;
  })());

/** Says why there is no program. After a failed request an element that comes later tries again; a refusal is final. */
const fail = (reason) => {
  if (reason instanceof TypeError) running = undefined;
  forget();
  warn(
    `the program cannot run here, so the element's own content stays visible: ${reason?.message ?? reason}. ` +
      `It needs WebAssembly: 'wasm-unsafe-eval' in script-src, and ${new URL(base, document.baseURI).origin} in connect-src; ` +
      `from another origin ${WASM} has to be sent with Access-Control-Allow-Origin.`,
  );
};

/** Calls the program. What it throws ends in the console, not in the page. */
const guard = (call) => {
  try {
    return call();
  } catch (reason) {
    warn(`a list cannot be shown: ${reason?.message ?? reason}`);
  }
};

// ---- The element ----

/** Starts whose failure has been told. */
const failures = new WeakSet();

const property = (attribute) => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

class StichwortTeasers extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #mounted;
  #isQueued = false;

  async connectedCallback() {
    // Properties that a page has set before this class was there.
    for (const name of ATTRIBUTES.map(property)) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    if (this.#mounted) return;
    begin(this.getAttribute("src") ?? "");
    const starting = start();
    let glue;
    try {
      glue = await starting;
    } catch (reason) {
      if (!failures.has(starting)) {
        failures.add(starting);
        fail(reason);
      }
      return;
    }
    if (this.isConnected) this.#mounted ??= guard(() => glue.mount(this));
  }

  disconnectedCallback() {
    // A move is not a removal: after it, the element is connected again.
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  adoptedCallback() {
    // Style sheets stay behind in the old document: what connects next is mounted anew.
    this.#unmount();
  }

  attributeChangedCallback(name, before, after) {
    if (this.#isQueued || before === after) return;
    this.#isQueued = true;
    queueMicrotask(() => {
      this.#isQueued = false;
      guard(() => this.#mounted?.configure());
    });
  }

  #unmount() {
    guard(() => this.#mounted?.free());
    this.#mounted = undefined;
  }
}

for (const attribute of ATTRIBUTES) {
  if (attribute === "lang") continue; // every element has it
  Object.defineProperty(StichwortTeasers.prototype, property(attribute), {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, Array.isArray(value) ? JSON.stringify(value) : value);
    },
  });
}

// ---- The script tag ----

const served = new WeakSet();

/** Whether a consent manager has kept the script's own address in `data-src`. */
const isOwnAddress = (source, script) => {
  try {
    return new URL(source, document.baseURI).href === script.src;
  } catch {
    return false;
  }
};

/** Puts an element behind a script tag that names a bundle. */
const serve = (script) => {
  if (!script || served.has(script)) return;
  served.add(script);
  const source = script.getAttribute("data-feed") ?? script.getAttribute("data-src");
  if (source === null || isOwnAddress(source, script)) return;
  if (!script.isConnected || script.closest("head")) {
    warn("the script tag does not stand in the page's body; put it where the list shall appear");
    return;
  }
  const element = document.createElement(ELEMENT);
  for (const name of ["id", ...ATTRIBUTES]) {
    const value = script.getAttribute(`data-${name}`);
    if (value !== null) element.setAttribute(name, value);
  }
  element.setAttribute("src", source);
  script.after(element);
};

if (!globalThis[KEY]) {
  Object.defineProperty(globalThis, KEY, { value: { serve } });
  if (!customElements.get(ELEMENT)) customElements.define(ELEMENT, StichwortTeasers);
  // A module is evaluated once for all its tags; those that come later are seen when they load.
  document.addEventListener("load", (event) => isOurs(event.target) && serve(event.target), true);
}

if (document.currentScript) globalThis[KEY].serve(document.currentScript);
else [...document.scripts].filter(isOurs).forEach((script) => globalThis[KEY].serve(script));
