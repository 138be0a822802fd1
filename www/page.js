// What the program asks of the page; src/widget/page.rs declares it. Here is what takes fewer bytes in JavaScript than
// the imports that Rust would need for it. It stands in one function together with the glue, whose functions are the
// exports of src/widget (`open`, `push`, `step` and `fail` of fetch.rs; `click`, `surround`, `touch` and `translate` of mounted.rs),
// and with www/loader.js. It decides nothing: it hands over what the page says.

// Milliseconds without a byte after which a server counts as silent.
const SILENCE = 20000;

// Bytes that are read in one go. More would keep the page from answering on a slow phone.
const PIECE = 65536;

// Milliseconds of work after which the page is let in between.
const SLICE = 8;

const warn = (line) => console.warn(`stichwort: ${line}`);

/** The absolute form of an address, if it is one. It trims by itself; the page may have patched `trim`. */
const resolve = (node, address) => {
  try {
    return new URL(address, node.baseURI).href;
  } catch {}
};

// ---- Bundles ----

const ask = (url, revalidate) => {
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

/** Waits for the page's turn. A message is a task of its own, as a promise is not, and comes without a timer's delay. */
const turn = () =>
  new Promise((go) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      go();
    };
    port2.postMessage(0);
  });

/** Hands the answer to a request to the program, piece by piece. A request that is given up ends here by itself. */
const read = async (number, { response, controller }) => {
  let isLate;
  /** Waits only so long; then the request is given up. */
  const inTime = async (promise) => {
    const timer = setTimeout(() => {
      isLate = true;
      controller.abort();
    }, SILENCE);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    const { status, url, body } = await inTime(response);
    if (status !== 200) {
      controller.abort();
      return fail(number, status);
    }
    let since = performance.now();
    /** Goes on at once while there is time, else after the page has had its turn. */
    const pause = async () => {
      if (performance.now() - since < SLICE) return;
      await turn();
      since = performance.now();
    };
    open(number, url);
    const chunks = body?.getReader();
    for (let chunk; (chunk = chunks && (await inTime(chunks.read())).value); ) {
      for (let start = 0; start < chunk.length; start += PIECE) {
        if (!push(number, chunk.subarray(start, start + PIECE))) return controller.abort();
        await pause();
      }
    }
    while (step(number)) await pause();
  } catch (reason) {
    controller.abort();
    fail(number, undefined, isLate ? undefined : (reason?.message ?? "no reason given"));
  }
};

const request = (number, url, revalidate) => {
  const asked = begun.get(url) ?? ask(url, revalidate);
  begun.delete(url);
  read(number, asked);
  return asked.controller;
};

// ---- A widget in the page ----

/** Gets the words of a language for a widget. */
const speak = async (number, language) => {
  const catalogue = await words(language);
  guard(() => translate(number, language, catalogue));
};

/** Listens in the capture phase (`scroll` does not bubble), until the returned controller aborts. */
const listen = (number, shadow) => {
  const listening = new AbortController();
  const on = (target, kind, call) =>
    target.addEventListener(kind, call, { capture: true, signal: listening.signal });
  const touched = () => touch(number);
  on(shadow, "click", (event) => click(number, event));
  on(shadow, "slotchange", () => surround(number));
  for (const kind of ["pointerdown", "keydown", "focusin"]) on(shadow, kind, touched);
  // Of the page or of anything in it that scrolls.
  on(shadow.ownerDocument, "scroll", touched);
  return listening;
};

const hasModifier = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

/** Dispatches an event; whether the page has cancelled it. A listener that throws is the page's matter. */
const emit = (target, kind, cancelable, detail) =>
  !target.dispatchEvent(new CustomEvent(`stichwort-${kind}`, { bubbles: true, composed: true, cancelable, detail }));

const childAt = (parent, index) => parent.children[index];

const focus = (element, scrolls) => element.focus({ preventScroll: !scrolls });

// ---- What surrounds an element ----

/** Whether it holds something that can be seen. */
const hasFallback = (host) =>
  [...host.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /\S/.test(node.data)) ||
  !!host.querySelector(":scope > :not(noscript, script, style, template)");

const fallbackLink = (host) => {
  const link = host.querySelector("a[href]");
  return link && resolve(host, link.getAttribute("href"));
};

/** The nearest `lang` above it, through the shadow roots it stands in. */
const pageLanguage = (node) => {
  while ((node = node.parentNode ?? node.host)) {
    const language = node.getAttribute?.("lang");
    if (language) return language;
  }
};

const language = (index) => navigator.languages[index];

/** The page's host and the script's. A page that is `about:srcdoc` has none. */
const host = (index) => [location.host, new URL(base).host].filter(Boolean)[index];
