// What the program's later part asks of the page, as www/page.js has the rest: src/widget/page.rs declares it. A module
// of its own, made with STYLE (www/later.css), which the loader imports together with that part, see www/loader.js.

/**
 * `act`, `current` (when the program that runs was started), `program` (its exports), `turn`, `warn`, `showing`, ELEMENT,
 * `base` and `laterWords` are the loader's; then come exports of src/widget/later.rs and functions of the glue. The
 * style, the functions and what the later part imports go back in the order of www/page.js.
 */
export default (act, current, program, turn, warn, showing, ELEMENT, base, laterWords, arrive, keep, addToExternrefTable0, getStringFromWasm0, giveString, isLikeNone) => {
  /** Calls the program back after the page has had its turn. */
  const workLater = async (number) => {
    const ours = current();
    await turn();
    act(ours, work, number);
  };

  const daysIn = (shadow) => shadow?.querySelectorAll('[type="date"]') ?? [];
  const isLast = (field) => field.part.contains("date-to");

  const isMalformed = (field) => field.validity?.badInput === true;

  /** What the page has put into the element may have none; an incomplete date has an empty one, as no date has. */
  const valueOf = (field) => (isMalformed(field) ? "?" : (field.value ?? ""));

  /** Whether a key has ended a search where the keyboard covers what has been found. */
  const isEntered = (field) => field.matches?.('[part="search"]:focus') && matchMedia("(pointer: coarse)").matches;

  const furtherWords = (language) => laterWords[language];

  const today = () => {
    const day = new Date();
    return (day.getFullYear() * 100 + day.getMonth() + 1) * 100 + day.getDate();
  };

  /** The page's host and the script's. A page that is `about:srcdoc` has none. */
  const host = (index) => [location.host, new URL(base).host].filter(Boolean)[index];

  // ---- What the page does with widgets ----

  /**
   * Where a container gets narrow, the filters go behind their button, but for what has the focus: then they are open, and
   * it says so. The click is none of the page's: it stays within the shadow root. A list is not observed itself: it gets
   * another height whenever its teasers are laid out, of which observers tell pages as an error.
   */
  const narrowing = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const isWrong = () => target.offsetWidth && target.matches('[aria-expanded="false"]:has(+ :focus-within)');
      if (isWrong()) turn().then(() => isWrong() && target.dispatchEvent(new MouseEvent("click", { bubbles: true })));
    }
  });

  const note = (event) => {
    const path = event.composedPath();
    clicked = path.find((node) => node.localName === "a")?.href;
    // Not all browsers, and no screen reader, do so by themselves; the focus would keep open what is to be closed.
    path.find((node) => node.part?.contains("filters-toggle"))?.focus();
  };

  /** Who leaves the page has typed to the end. */
  const keepAll = () => {
    for (const number in typing) act(current(), keep, number);
  };

  /** Buttons that are seen to, and what listens to the page while there is a widget. */
  const known = new WeakSet();
  let listening;

  const attend = (toggle) => {
    if (toggle && !known.has(toggle)) {
      known.add(toggle);
      narrowing.observe(toggle);
    }
    if (listening) return;
    listening = new AbortController();
    const { signal } = listening;
    document.addEventListener("click", note, { capture: true, signal });
    window.addEventListener("pagehide", keepAll, { signal });
  };

  // ---- The page's address ----

  const names = new WeakMap();

  /** All elements that may be widgets, in their order. */
  const elementsIn = (root) =>
    [...root.querySelectorAll("*")].flatMap((element) => {
      if (element.localName === ELEMENT) return element;
      return element.shadowRoot ? elementsIn(element.shadowRoot) : [];
    });

  const isTaken = (name, host, elements) =>
    [...elements].some((element) => element !== host && (element.id || names.get(element)) === name);

  /** An element's id; without one, a name by its place among those that have none. It stays while the element does. */
  const linkName = (host) => {
    if (!host.id && (!names.has(host) || isTaken(names.get(host), host, showing))) {
      names.delete(host);
      const all = new Set([...elementsIn(host.ownerDocument), ...showing]);
      for (const element of all) {
        if (element.id || names.has(element)) continue;
        let name = "teasers";
        for (let number = 2; isTaken(name, element, all); number++) name = `teasers-${number}`;
        names.set(element, name);
      }
    }
    return host.id || names.get(host);
  };

  const address = (isQuery) => (isQuery ? location.search : location.hash).slice(1);

  const isElement = (fragment) => {
    try {
      const id = decodeURIComponent(fragment);
      return !!(document.getElementById(id) ?? document.anchors.namedItem(id)) || /^top$/i.test(id);
    } catch {}
    return false;
  };

  const isParsing = () => document.readyState === "loading";

  // Where what was clicked last leads.
  let clicked;

  /** Whether a link of the page leads to where it is, and neither Back nor Forward; they tell of both alike. */
  const isFollowed = () => clicked === location.href;

  /** The page's address with other ones; what is the same stays as it is written. */
  const addressWith = (query, fragment) => {
    const url = new URL(location.href);
    if (query !== address(true)) url.search = query;
    if (fragment !== address()) url.hash = fragment;
    return url.href;
  };

  /** The browser may refuse it, as in a sandboxed frame: then the address stays. */
  const setAddress = (query, fragment, isNew) => {
    const url = addressWith(query, fragment);
    clicked = undefined;
    try {
      if (url !== location.href) history[isNew ? "pushState" : "replaceState"](history.state, "", url);
    } catch {}
  };

  // Milliseconds without a key after which a search is kept.
  const TYPING_REST = 400;

  // Milliseconds that a click takes, at most.
  const LEAVING = 250;

  // Milliseconds and frames until teasers that were far away are laid out, see `settle` in style.css, and pictures have
  // their place.
  const SETTLING = 800;
  const FRAMES = 30;

  const typing = {};

  const keepLater = (number) => {
    const ours = current();
    clearTimeout(typing[number]);
    typing[number] = setTimeout(() => act(ours, keep, number), TYPING_REST);
  };

  const copy = async (number, query, fragment, shadow) => {
    const ours = current();
    const link = addressWith(query, fragment);
    let isDone = true;
    try {
      await navigator.clipboard.writeText(link);
    } catch (reason) {
      isDone = false;
      warn(`the link could not be copied: ${reason?.message}`);
    }
    act(ours, copied, number, isDone);
    // By hand, then: browsers refuse it in frames of other origins, where no address bar shows the link either.
    const field = shadow.querySelector(".bar input");
    if (!field) return;
    field.value = link;
    field.readOnly = true; // no keyboard covers it
    field.focus();
    field.select();
  };

  // ---- Places in a list ----

  /** The first teaser of which something is seen, from 0; also where all are seen, or none. */
  const firstSeen = (shadow) => {
    const teasers = [...shadow.querySelectorAll('[part="teaser"]')];
    return Math.max(0, teasers.findIndex((teaser) => teaser.getBoundingClientRect().bottom > 1)); // a part of a pixel is not seen
  };

  /** Before a click changes a list: tells where the visitor is in it, and takes half a date away with all else. What it
      returns is called after, so that what is clicked stays where it is: WebKit leaves that to pages, and Firefox does it
      sometimes. */
  const hold = (number, shadow, target) => {
    arrive(number, firstSeen(shadow));
    // Half a date is none to the program, which so has nothing to change.
    for (const field of target.closest?.('[part="clear"]') ? daysIn(shadow) : []) {
      field.value = "2000-01-01"; // WebKit leaves it as it is where it has no value already
      field.value = "";
      act(current(), blur, number, false, isLast(field));
    }
    const button = target.closest?.('[part="teaser-tag"]');
    if (!button) return;
    const top = () => button.getBoundingClientRect().top;
    const before = top();
    return () => button.isConnected && scrollBy({ top: top() - before, behavior: "instant" });
  };

  let settling;

  /** Brings an element to the top, until what is above it has its height, or the visitor goes elsewhere. */
  const scrollTo = (element) => {
    settling?.abort();
    const ours = (settling = new AbortController());
    const { signal } = ours;
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      window.addEventListener(kind, () => ours.abort(), { capture: true, passive: true, signal });
    }
    const top = () => element.getBoundingClientRect().top;
    const start = performance.now();
    let frames = FRAMES;
    // A single scroll is the browser's, which restores its own place, Firefox sometimes twice. Whoever goes on is the visitor.
    let others = 3;
    let scrolled, reached, height;
    const again = () => {
      const isAway = Math.abs(top() - reached) > 1;
      const before = height;
      height = document.documentElement.scrollHeight;
      // Where teasers have got their height, it may be that.
      if (isAway && scrollY !== scrolled && height === before) others--;
      const isSettled = --frames < 0 && performance.now() - start > SETTLING;
      if (signal.aborted || isSettled || !others || !element.isConnected) return ours.abort();
      if (reached === undefined || isAway) element.scrollIntoView({ behavior: "instant" });
      [scrolled, reached] = [scrollY, top()];
      requestAnimationFrame(again);
    };
    again();
  };

  /** What waits for the end of a list to come into sight, by widget. */
  const watching = new Map();

  const watch = (number, shadow, comesByScrolling, shown) => {
    if (shadow) attend(shadow.querySelector('[part="filters-toggle"]'));
    // Of some mistakes no event tells. What is said of them moves what stands below, which somebody may be about to click.
    const ends = current();
    const leave = (field) => {
      const isNone = isMalformed(field) || (field.value && field.value < "1000");
      if (!field.matches(":focus")) act(ends, blur, number, !!isNone, isLast(field));
    };
    for (const field of daysIn(shadow)) field.onblur = () => setTimeout(leave, LEAVING, field);
    const element = comesByScrolling && shadow.querySelector('[part="more"]');
    const before = watching.get(number);
    if (before && before.element === element && before.shown === shown) return;
    before?.observer.disconnect();
    watching.delete(number);
    if (!element) return;
    const ours = current();
    const observer = new IntersectionObserver((entries) => {
      // Who has come to it by keyboard decides: what comes by itself would come before it, and the last of it take it away.
      if (!entries.some((entry) => entry.isIntersecting) || element.matches(":focus")) return;
      observer.disconnect();
      act(ours, scroll, number);
    });
    observer.observe(element);
    watching.set(number, { element, shown, observer });
  };

  // ---- Hits of a search ----

  /** Ranges of texts by widget, or elements with marks in them where the browser cannot highlight ranges. */
  const marked = new Map();

  const unmark = (number) => {
    for (const element of marked.get(number) ?? []) if (element.localName) element.textContent = element.textContent;
    marked.delete(number);
  };

  const mark = (number, element, spans) => {
    const text = element.firstChild;
    // A translator may have put something else there.
    if (!(text instanceof Text) || text.length < spans.at(-1)) return;
    const list = marked.get(number) ?? [];
    marked.set(number, list);
    if (CSS.highlights) {
      for (let at = 0; at < spans.length; at += 2) {
        // A document takes care of each range that lives, whenever a text changes; of a static one it does not.
        list.push(
          new StaticRange({
            startContainer: text,
            startOffset: spans[at],
            endContainer: text,
            endOffset: spans[at + 1],
          }),
        );
      }
      return;
    }
    for (let at = spans.length; (at -= 2) >= 0; ) {
      const hit = text.splitText(spans[at]);
      hit.splitText(spans[at + 1] - spans[at]);
      const made = document.createElement("mark");
      hit.replaceWith(made);
      made.append(hit);
    }
    list.push(element);
  };

  const MOST_MARKS = 10000;

  /**
   * One by one, for a call cannot have as many arguments. WebKit compares each with all it has: 133,000 took it 16
   * seconds, in which nothing else moves. Who has read past ten thousand needs no marks.
   */
  const showMarks = () => {
    if (!CSS.highlights) return;
    if (!marked.size) return CSS.highlights.delete("stichwort-hit");
    const hits = new Highlight();
    for (const list of marked.values()) for (const range of list) if (hits.size < MOST_MARKS) hits.add(range);
    CSS.highlights.set("stichwort-hit", hits);
  };

  // What is chosen, for a program that has to take over, and of what: what the page sets meanwhile counts for more.
  const chosen = new WeakMap();
  const asked = (host) => host.src + " " + host.tags;
  const remember = (host, fragment) => chosen.set(host, [fragment, asked(host)]);
  const remembered = (host) => {
    const [fragment, of] = chosen.get(host) ?? [];
    return of === asked(host) ? fragment : undefined;
  };

  /** Undoes what is left of a widget that goes. A `host` that is put back has what is chosen from the page's address, which
      may say something else by then; where that says nothing, from here. */
  const release = (number, host) => {
    if (host?.urlState !== "none") chosen.delete(host);
    clearTimeout(typing[number]);
    delete typing[number];
    watch(number);
    unmark(number);
    showMarks();
    if (showing.size) return;
    listening?.abort();
    listening = undefined;
    narrowing.disconnect();
  };

  // ---- Pictures ----

  /** Puts its words in the place of a picture that cannot be had: browsers show a sign of their own. */
  const mend = ({ currentTarget, target }) => {
    // Those that the page has put into the element are seen here too.
    if (target.localName !== "img" || !currentTarget.contains(target)) return;
    const words = document.createElement("span");
    words.textContent = target.alt;
    const isFocused = target.matches(":focus");
    target.replaceWith(words);
    if (!isFocused) return;
    words.tabIndex = -1;
    words.focus();
  };

  // The glue's `imports`, what they need, and exports that nobody else calls (src/xtask/glue.rs).
  /* GLUE */

  return [
    STYLE, firstSeen, hold, imports, keepLater, mend, release,
  ];
};
