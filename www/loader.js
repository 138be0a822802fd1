// The element class and the first requests. It is wrapped in a function together with
// STYLE (the style sheet), VERSION (in the names of all files beside the script), LANGUAGES (those that there are words
// of), FIRST and TABLE (the names under which the later part of the program imports from the first, and the first
// exports its table), the glue (src/xtask/glue.rs: functions for exports of src/widget; some are in www/later.js) and
// www/page.js, and decides nothing but whether there is a program to run, and whether its first part is enough to
// begin.

const ELEMENT = "stichwort-teasers";
const FILE = "stichwort.js";

/** A file beside the script. */
const file = (name, kind) => `stichwort-${name}${VERSION}.${kind}`;

// The two parts of the program, see core's later.rs, and what the second asks of the page.
const PROGRAM = file("", "wasm");
const LATER = file("later-", "wasm");
const LATER_MODULE = file("later-", "js");
const wordsFile = (language) => file(`${language}-`, "js");

// The attributes that core's options.rs reads.
const ATTRIBUTES = [
  "src", "home", "lang", "heading", "page-size", "tags", "match", "heading-level", "theme", "link-target",
  "facets", "locked-tags", "exclude-tags", "since", "limit", "search", "date-filter", "sort", "more",
  "layout", "show", "hide", "images", "url-state",
];

// So many of them need nothing of the program's later part.
const PLAIN = 5;

// The one thing besides the element that this file leaves on the page.
const KEY = Symbol.for("stichwort");

/** Whether a script tag is a module that names this file. A module has no `currentScript` to know itself by. */
const isOurs = (node) =>
  node instanceof HTMLScriptElement && node.matches("[type=module]") && node.src.split(/[?#]/)[0].endsWith(`/${FILE}`);

/** A property that the document has by itself: one like `currentScript` may be a picture of that name. */
const own = (name) => Reflect.get(Document.prototype, name, document);

// Where this file came from; everything else is loaded from beside it.
const currentScript = own("currentScript");
const ownScript = currentScript ?? [...own("scripts")].find(isOurs);
const base = ownScript?.src || document.baseURI;

// ---- The program and the bundles, asked for side by side ----

/** Bundle requests that have begun before the program could ask for them, by address. */
const begun = new Map();

/** Begins the request for an element's bundle while the program is still on its way; gives back its address. */
const begin = (source) => {
  if (isRunning || !/\S/.test(source)) return;
  const url = resolve(document, source);
  // What is no address is the program's to tell.
  if (url && !begun.has(url)) begun.set(url, ask(url, false));
  return url;
};

/** The words that have been asked for, by language. */
const asked = {};

const wordsIn = async (name, again = "") => (await import(new URL(wordsFile(name) + again, base))).default;

/** The languages whose first words have come, and the words that only the program's later part says. */
const present = new Set();
const laterWords = {};

const addLaterWords = async (language) => {
  laterWords[language] ??= await wordsIn(`${language}-later`, again);
};

/** The first words of a language, once those of the later part are there, too, if that is; nothing, and a line in the
    console, where they cannot be had. */
const textOf = (language) =>
  (asked[language] ??= (async () => {
    const words = await wordsIn(language);
    present.add(language);
    if (joining) await addLaterWords(language);
    return words;
  })().catch((reason) => {
    delete asked[language]; // who comes later tries again, where the browser does
    warn(
      `expected the words of "${language}" in ${wordsFile(language)} beside the script, found none: ${reason.message}. ` +
        "script-src has to admit that folder (hashes do not), and from another origin the file has to be sent with Access-Control-Allow-Origin.",
    );
  }));

/** The language that the program will most likely speak, so that its words come beside it; else it asks for others. */
const guess = (element) =>
  [element.lang, pageLanguage(element), ...navigator.languages, "en"]
    .map((tag) => tag?.slice(0, 2).toLowerCase())
    .find((language) => LANGUAGES.includes(language));

/** Whether the program's first part is enough for the element as it comes. */
const isPlain = (element) => !location.hash && !ATTRIBUTES.slice(PLAIN).some((name) => element.hasAttribute(name));

/** Gives up what the program has not asked for. */
const forget = (url) => {
  begun.get(url)?.controller.abort();
  begun.delete(url);
};

// A sheet belongs to the document that it was made in.
const sheets = new WeakMap();

/** The sheet of a style that all widgets in a document share. */
const sheetOf = (document, style) => {
  const made = sheets.get(document) ?? {};
  sheets.set(document, made);
  if (!made[style]) {
    made[style] = new (document.defaultView ?? globalThis).CSSStyleSheet();
    made[style].replaceSync(style);
  }
  return made[style];
};

/** The element's shadow root in the shared styles. Fails where the page has put a closed one there. */
const dressed = (host) => {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [STYLE, further].filter(Boolean).map((style) => sheetOf(host.ownerDocument, style));
  return shadow;
};

// Widgets have numbers in the program.
let mounts = 0;

let running;
let compiling;
let isRunning = false;
let isWhole = false;
let program;
let rest;

/** Compiles a file of the program. Where the page's policy refuses it, one report is enough: the second waits until it is
    known whether the first, `before` it, has been refused its request, and whether it has been refused to compile. */
const compile = async (file, before) => {
  if (before) await Promise.race([before, turn()]);
  const answer = await fetch(new URL(file, base), { credentials: "omit" });
  await before;
  if (!answer.ok) throw new TypeError(`${answer.url} was answered with status ${answer.status}`);
  // Streaming takes no other type, and many servers do not know it.
  return answer.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(answer)
    : WebAssembly.compile(await answer.arrayBuffer());
};

/** Lets an instance of the program run: of all that there is of it. */
const run = async () => {
  isWhole = false;
  worked();
  __wbg_finalize_init(await WebAssembly.instantiate(program, __wbg_get_imports()));
  isRunning = true;
  if (rest) await extend();
};

/** Adds to the program what comes later. It shares memory and functions with what is there. */
const extend = async () => {
  const first = wasm;
  // What it has no name for is called by its place in the table.
  const shared = new Proxy(first, { get: (exports, name) => exports[name] ?? exports[TABLE].get(name) });
  const { exports } = await WebAssembly.instantiate(rest, { ...__wbg_get_imports(imports), [FIRST]: shared });
  if (wasm !== first) return; // it has broken down meanwhile: another one extends itself
  wasm = { ...first, ...exports };
  isWhole = true;
  for (const element of showing) {
    try {
      dressed(element);
    } catch {} // one in a window that is gone
  }
  call(running, complete);
};

/** The running program, started by the first element. All elements of the page share it. */
const start = () =>
  (running ??= (async () => {
    compiling = compile(PROGRAM);
    // A browser takes its time to read the style, and has it while the program is on its way.
    turn()
      .then(() => sheetOf(document, STYLE))
      .catch(() => {});
    program = await compiling;
    await run();
  })());

let loading;
let joining;
let attempts = 0;

// In the address of a module of it that could not be had: some browsers never ask again for the same.
let again = "";

/** Joins what has come of the rest to the program: once, though it may have been asked for again meanwhile. */
const join = async ([module, { default: make }]) => {
  // Those of languages that come meanwhile, too. From then on `textOf` sees to it.
  for (const language of present) await addLaterWords(language);
  joining ??= (async () => {
    rest = module;
    bring(make);
    await extend();
    loading = joining; // who asks has it
  })();
  return joining;
};

/** All of the program. What comes too late is joined all the same. */
const loadLater = () =>
  (loading ??= (async () => {
    if (attempts++) again = `?${attempts}`;
    const later = new URL(LATER_MODULE + again, base);
    try {
      const starting = start();
      // They are asked for early; that they are there is seen to when all else is.
      for (const language in asked) addLaterWords(language).catch(() => {});
      const coming = Promise.all([compile(LATER, compiling), import(later), starting]).then(join);
      coming.catch(() => {}); // is told below
      await starting;
      await waitFor(coming).catch((reason) => {
        if (isWhole) return; // what was asked for before has come
        warn(
          `expected the rest of the program in ${LATER}, ${LATER_MODULE} and the words that go with it beside the script, found none: ${reason?.message ?? "no answer"}. ` +
            "script-src has to admit that folder; from another origin all have to be sent with Access-Control-Allow-Origin.",
        );
        throw reason;
      });
    } catch (reason) {
      loading = undefined; // who asks again tries again
      throw reason;
    }
  })());

/** Calls what the program's later part does, once that is there: what somebody waits for. */
const act = async (ours, what, number, ...values) => {
  try {
    if (!isWhole) await loadLater();
  } catch {
    if (!isWhole) return call(ours, cutOff, number, true);
  }
  call(ours, what, number, ...values);
};

/** Says why there is no program. After a failed request an element that comes later tries again; a refusal is final. */
const refuse = (reason) => {
  if (reason instanceof TypeError) running = undefined;
  warn(
    `the program cannot run here, so the element's own content stays visible: ${reason?.message ?? reason}. ` +
      `It needs WebAssembly: 'wasm-unsafe-eval' in script-src, and ${new URL(base, document.baseURI).origin} in connect-src; ` +
      `from another origin ${PROGRAM} and ${LATER} have to be sent with Access-Control-Allow-Origin.`,
  );
};

// How often a page starts the program anew: what breaks it every time must not keep the page busy.
const RESTARTS = 3;
let restarts = 0;

/** What goes on in the page for the program: requests, and listening. */
const attached = new Set();

const attach = (controller) => {
  for (const known of attached) if (known.signal.aborted) attached.delete(known);
  attached.add(controller);
  return controller;
};

/** Calls the program, if the one that is meant still runs. What it throws has broken it: it is never called again. */
const call = (ours, what, ...values) => {
  if (ours !== running || !isRunning) return;
  try {
    return what(...values);
  } catch (reason) {
    // It may have broken down within another call, and a new one runs already.
    if (ours === running) restart(reason);
  }
};

/** Leaves the program that runs, which has broken down, and lets another one show what it showed. */
const restart = (reason) => {
  isRunning = false;
  for (const controller of attached) controller.abort();
  begun.clear();
  const isLast = ++restarts > RESTARTS;
  warn(`the program has broken down${isLast ? "" : " and is started anew"}: ${reason?.message ?? reason}`);
  running = isLast ? Promise.reject(reason) : run();
  failures.add(running);
  running.catch(() => {
    warn("the program does not run any more; the elements' own content takes its place");
    mountAnew(true);
  });
  if (!isLast) mountAnew();
};

// ---- The element ----

/** Starts whose failure has been told. */
const failures = new WeakSet();

/** The elements that show a widget. */
const showing = new Set();

/** Gives each of them a widget of the program that runs now, or leaves it to what the page has put into it. */
let mountAnew;

const property = (attribute) => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

class StichwortTeasers extends HTMLElement {
  static observedAttributes = ["id", ...ATTRIBUTES];

  /** The number of the mounted widget, if there is one. */
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
    const url = begin(this.getAttribute("src") ?? "");
    await this.#mount();
    forget(url);
  }

  async #mount() {
    const starting = start();
    const language = guess(this);
    const speaking = textOf(language);
    // A slow line may bring them later.
    waitFor(Promise.all([starting, speaking])).catch(() => this.isConnected && !this.#mounted && this.#lead());
    const needsMore = () => !isWhole && !isPlain(this);
    const coming = needsMore() ? loadLater() : undefined;
    coming?.catch(() => {}); // is waited for below
    try {
      await starting;
    } catch (reason) {
      if (!failures.has(starting)) {
        failures.add(starting);
        refuse(reason);
      }
      return this.#lead();
    }
    let spoken = language;
    let catalogue = await waitFor(speaking).catch(() => {});
    // A list that speaks another language says more than none.
    if (!catalogue && language !== "en") catalogue = await textOf((spoken = "en"));
    if (!catalogue) catalogue = await speaking.then((late) => ((spoken = language), late));
    let isLost = false;
    try {
      // The page may have set attributes meanwhile.
      if (needsMore()) await (coming ?? loadLater());
    } catch {
      isLost = needsMore();
    }
    if (this.#mounted || !this.isConnected) return;
    if (!catalogue) return this.#lead();
    if (starting !== running) return this.#mount(); // that program has broken down
    let shadow;
    try {
      shadow = dressed(this);
    } catch (reason) {
      if (this.shadowRoot) leave(this.shadowRoot);
      return warn(`a list cannot be shown: ${reason.message}`);
    }
    // Known before it is mounted, which may make the page take it out again.
    this.#mounted = ++mounts;
    showing.add(this);
    // What could not be had is not asked for once more by the program that begins.
    if (spoken !== language) asked[language] = Promise.resolve();
    worked(); // from here on: what mounting takes counts, too
    call(starting, mount, this.#mounted, this, shadow, spoken, catalogue, isLost);
    if (spoken !== language) delete asked[language];
    if (isLost) call(starting, cutOff, this.#mounted);
  }

  /** Where there is no list, and nothing of the page's own: the way to the publisher, if it is known. */
  #lead() {
    const link = document.createElement("a");
    link.href = this.home ?? "";
    if (!this.home || hasFallback(this) || !link.protocol.startsWith("http")) return;
    link.textContent = this.heading || link.host;
    this.append(link);
  }

  static {
    mountAnew = (isLast) => {
      for (const element of showing) {
        if (isLast) showing.delete(element);
        release?.(element.#mounted);
        element.#mounted = undefined;
        if (isLast) {
          leave(element.shadowRoot);
          element.#lead();
        } else element.#mount();
      }
    };
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
      if (this.#mounted) act(running, configure, this.#mounted);
    });
  }

  #unmount() {
    const number = this.#mounted;
    this.#mounted = undefined;
    showing.delete(this);
    release?.(number, this);
    if (number) call(running, unmount, number);
  }
}

for (const attribute of ATTRIBUTES) {
  if (attribute === "lang") continue; // every element has it
  Object.defineProperty(StichwortTeasers.prototype, property(attribute), {
    __proto__: null, // a page may have put anything there
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

/** Puts an element behind a script tag that names a bundle. */
const serve = (script) => {
  if (!script || served.has(script)) return;
  served.add(script);
  const source = script.getAttribute("data-feed") || script.getAttribute("data-src");
  if (source === null && ATTRIBUTES.some((name) => script.hasAttribute(`data-${name}`))) {
    warn("expected data-src, the bundle's address, beside the other attributes of the script tag, found none, so it shows no list");
  }
  // A consent manager may have kept the script's own address in `data-src`.
  if (source === null || resolve(document, source) === script.src) return;
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
  // A page that puts back what it has kept has kept the element, too.
  const next = script.nextElementSibling;
  if (next?.localName !== ELEMENT || !next.cloneNode().isEqualNode(element)) script.after(element);
};

// The browser names no script that stands in a shadow root, nor one that another imports.
if (!ownScript?.src) warn("expected a script element of the page, in no shadow root, whose src is this file; found none, so it shows no list, and its folder is taken to be the page's");
if (!globalThis[KEY]) {
  Object.defineProperty(globalThis, KEY, { __proto__: null, value: { serve } });
  if (!customElements.get(ELEMENT)) customElements.define(ELEMENT, StichwortTeasers);
  // A module is evaluated once for all its tags; those that come later are seen when they load.
  document.addEventListener("load", (event) => isOurs(event.target) && serve(event.target), true);
}

if (currentScript) globalThis[KEY].serve(currentScript);
else [...own("scripts")].filter(isOurs).forEach((script) => globalThis[KEY].serve(script));
