// What the program asks of the page; src/widget/page.rs declares it. Here is what takes fewer bytes in JavaScript than
// the imports that Rust would need for it. It stands in one function together with the glue, whose functions are the
// exports of src/widget (those of its files mounted.rs, fetch.rs and parts.rs; of later.rs when that part has come), and
// with www/loader.js, of which it uses `attach`, `act`, `call`, `loadLater`, `textOf` and what they know. It decides
// nothing: it hands over what the page says.

// Milliseconds without a byte after which a server counts as silent.
const SILENCE = 20000;

// Milliseconds without scrolling after which the place in the list is noted.
const REST = 400;

// Bytes that are read in one go. More would keep the page from answering on a slow phone.
const PIECE = 16384;

// Milliseconds of work after which the page is let in between. Before the first look at what has come it may be more: a
// pause costs a frame, but the page has to answer on a slow phone too.
const SLICE = 8;
const FIRST_SLICE = 24;

// What src/widget/fetch.rs answers.
const GO_ON = 1;
const WANTS_LATER = 2;
const HAS_FIRST = 3;
const FAILED = 4;

const warn = (line) => console.warn(`stichwort: ${line}`);

/** The absolute form of an address, if it is one. It trims by itself; the page may have patched `trim`. */
const resolve = (node, address) => {
  try {
    return new URL(address, node.baseURI).href;
  } catch {}
};

/** Waits only so long for what a server sends; then it is given up. */
const waitFor = (promise, giveUp) =>
  new Promise((go, stop) => {
    const timer = setTimeout(() => {
      giveUp?.();
      stop();
    }, SILENCE);
    promise.then(go, stop).finally(() => clearTimeout(timer));
  });

// ---- Bundles ----

const ask = (url, revalidate) => {
  const controller = attach(new AbortController());
  // A page may have put a function there that throws instead of failing.
  const response = (async () => {
    const answer = await fetch(url, {
      cache: revalidate ? "no-cache" : "default",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: controller.signal,
    });
    // A piece that is only asked for when somebody can read it comes a frame later, which would show none.
    const chunks = answer.body?.getReader();
    const coming = chunks?.read();
    coming?.catch(() => {});
    return [answer, chunks, coming];
  })();
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

// When the program has got to work in the task that runs.
let since;

/** Milliseconds that it has worked in that task, asked for the first time when it begins. */
const worked = () => {
  if (since === undefined) {
    since = performance.now();
    turn().then(() => (since = undefined));
  }
  return performance.now() - since;
};

/** Goes on at once while there is time, else after the page has had its turn. */
const pause = async (slice) => {
  if (worked() >= slice) await turn();
};

/** Hands the answer to a request to the program, piece by piece. A request that is given up ends here by itself. */
const read = async (number, { response, controller }) => {
  const ours = running;
  let isLate, isLost, status;
  const inTime = (promise) =>
    waitFor(promise, () => {
      isLate = true;
      controller.abort();
    });
  /** Without the program's later part there is no list, and that is what is to be told. */
  const miss = (reason) => {
    isLost = true;
    throw reason;
  };
  /** Why there is no bundle, that part puts into words. */
  const tell = async (...why) => {
    if (controller.signal.aborted && !isLate) return; // the program wants it no more
    controller.abort();
    if (!isLost) await loadLater().catch(() => {});
    call(ours, isWhole && !isLost ? fail : lose, number, ...why);
  };
  try {
    let [answer, chunks, coming] = await inTime(response);
    status = answer.status;
    if (status !== 200) return tell(status);
    let slice = FIRST_SLICE;
    await pause(slice);
    call(ours, open, number, answer.url);
    for (let chunk; (chunk = chunks && (await inTime(coming)).value); coming = chunks.read()) {
      for (let start = 0; start < chunk.length; start += PIECE) {
        let next = call(ours, push, number, chunk.subarray(start, start + PIECE));
        // What it holds back comes before the next piece, and without one.
        while (next > GO_ON) {
          if (next === FAILED) return tell();
          if (next === HAS_FIRST) {
            await pause(slice);
            call(ours, show, number);
            slice = SLICE;
          } else await loadLater().catch(miss);
          next = call(ours, push, number, new Uint8Array());
        }
        if (!next) return controller.abort();
        await pause(slice);
      }
    }
    // Without the later part problems go untold, but what has been read shows.
    for (let next; (next = call(ours, step, number)); ) {
      if (next === FAILED) return tell();
      await (next === WANTS_LATER ? loadLater().catch(() => {}) : pause(slice));
    }
  } catch (reason) {
    tell(...(isLate ? [] : [status, reason?.message ?? "no reason given"]));
  } finally {
    attached.delete(controller);
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
  const ours = running;
  // Without an answer those that are there have to do.
  const [words] = await Promise.all([waitFor(textOf(language)), loadLater()].map((coming) => coming.catch(() => {})));
  if (isWhole) call(ours, translate, number, language, words);
  else call(ours, cutOff, number);
};

/** Listens in the capture phase (`scroll` does not bubble), until the returned controller aborts. */
const listen = (number, shadow) => {
  const ours = running;
  const listening = attach(new AbortController());
  const on = (target, kind, what, ...rest) =>
    target.addEventListener(kind, (event) => call(ours, what, number, ...rest.map((value) => value ?? event)), {
      capture: true,
      signal: listening.signal,
    });
  const clicked = (number, event) => {
    const settle = isWhole && hold(number, shadow, event.target);
    click(number, event);
    if (settle) settle();
  };
  on(shadow, "click", clicked, null);
  on(shadow, "input", (number, { target }) => act(ours, enter, number, target, false), null);
  on(shadow, "change", (number, { target }) => act(ours, enter, number, target, true), null);
  on(shadow, "slotchange", surround);
  on(shadow, "error", (number, event) => mend?.(event), null);
  // Where the later part could not be had, no step asks again: a router may take many.
  const step = () => (loading || !attempts) && act(ours, follow, number);
  on(window, "popstate", step);
  on(window, "hashchange", step);
  // Whether a fragment is an element's id is known when all have come.
  on(shadow.ownerDocument, "DOMContentLoaded", () => {
    if (!isWhole) return;
    act(ours, follow, number);
    act(ours, keep, number);
  });
  on(shadow, "focusin", (number, { target }) => target.part?.contains("search") && act(ours, seek, number), null);
  // Who comes near a control will want what it does. Where that cannot be had, only doing it asks again.
  const approach = (number, { target }) => {
    if (!attempts && target.closest?.("button, input, select")) loadLater().catch(() => {});
  };
  for (const kind of ["pointerover", "pointerdown", "focusin"]) on(shadow, kind, approach, null);
  for (const kind of ["pointerdown", "keydown", "focusin"]) on(shadow, kind, touch);
  // Of the page or of anything in it that scrolls.
  on(shadow.ownerDocument, "scroll", touch);
  let scrolling;
  on(shadow.ownerDocument, "scroll", () => {
    clearTimeout(scrolling);
    if (isWhole) scrolling = setTimeout(() => act(ours, arrive, number, firstSeen(shadow)), REST);
  });
  return listening;
};

const setValue = (field, value) => {
  if (field.localName === "option") field.selected ||= !value; // an attribute without a value
  else if (field.value !== value) field.value = value;
};

/** Leaves an element to what the page has put into it. A shadow root cannot be taken off again: a slot shows that. */
const leave = (shadow) => shadow.replaceChildren(document.createElement("slot"));

// ---- The program's later part ----

// What www/later.js brings.
let further, firstSeen, hold, imports, keepLater, mend, release;

const bring = (make) => {
  [
    further, firstSeen, hold, imports, keepLater, mend, release,
  ] = make(act, () => running, () => wasm, turn, warn, showing, ELEMENT, base, laterWords, arrive, keep, addToExternrefTable0, getStringFromWasm0, giveString, isLikeNone);
};

/** Meanwhile what is pressed shows that it is known. */
const pressThen = async (number, target) => {
  const button = target.closest?.("button");
  if (button?.hasAttribute("aria-busy")) return; // is being done
  if (!isWhole) button?.setAttribute("aria-busy", true);
  await act(running, press, number, target);
  button?.removeAttribute("aria-busy");
};

/** What the list wants by itself: nobody misses it. */
const completeThen = (number) => {
  const ours = running;
  loadLater().then(
    () => call(ours, configure, number),
    () => call(ours, cutOff, number),
  );
};

/** Waits until what shows has been painted, and what the page does then is done. Out of sight nothing is painted. */
const painted = () =>
  new Promise((go) => {
    requestAnimationFrame(() => setTimeout(go, 30));
    setTimeout(go, 150);
  });

/** The list does without it where the program's later part cannot be had. */
const keepThen = async (number) => {
  const ours = running;
  await painted();
  loadLater().then(
    () => call(ours, keep, number),
    () => {},
  );
};

/** An address like `about:srcdoc` leads nobody anywhere. */
const canCopy = () => location.protocol.startsWith("http");

const hasModifier = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

/** Dispatches an event; whether the page has cancelled it. A listener that throws is the page's matter. */
const emit = (target, kind, json) => {
  const detail = JSON.parse(json);
  return !target.dispatchEvent(
    new CustomEvent(`stichwort-${kind}`, { bubbles: true, composed: true, cancelable: kind === "select", detail }),
  );
};

// The words of the view, by number.
const words = [];
const learn = (number, word) => (words[number] = word);
const createElement = (near, name) => near.ownerDocument.createElement(words[name]);
const setAttributeText = (element, name, text) => element.setAttribute(words[name], text);
const setAttributeWord = (element, name, word) => setAttributeText(element, name, words[word]);
const removeAttribute = (element, name) => element.removeAttribute(words[name]);

const childAt = (parent, index) => parent.children[index];
// To look for a place behind all children would be a look at each of them.
const insertAt = (parent, child, index) => parent.insertBefore(child, (index < 0 ? null : childAt(parent, index)) ?? null);

const focus = (element, scrolls) => element.focus({ preventScroll: !scrolls });

// ---- What surrounds an element ----

/** Whether it holds something that can be seen. */
const hasFallback = (host) =>
  [...host.childNodes].some((node) => node.nodeType === 3 && /\S/.test(node.data)) ||
  !!host.querySelector(":scope > :not(noscript, script, style, template)");

const fallbackLink = (host) => {
  const link = host.querySelector("a[href]");
  return link && resolve(host, link.getAttribute("href"));
};

/** The nearest `lang` above it, through the shadow roots it stands in. A form is not asked for its parent: that may be a
    field of that name. */
const pageLanguage = (node) => {
  for (let root; node?.isConnected; node = root !== node.ownerDocument && root.host) {
    const near = node.closest(`[lang]:not(${ELEMENT})`);
    if (near) return near.getAttribute("lang"); // an empty one says that it is unknown
    root = node.getRootNode();
  }
};

const language = (index) => navigator.languages[index];
