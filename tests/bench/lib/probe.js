// Runs in every page before its own scripts. Clocks are performance.now(): since navigation start.
{
  const bench = { tasks: [], errors: [] };
  Object.defineProperty(window, '__bench', { value: bench });
  for (const type of ['error', 'unhandledrejection']) {
    addEventListener(type, ({ error, reason, message }) => bench.errors.push(String(error ?? reason ?? message).slice(0, 300)));
  }

  const post = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { channel.port1.close(); then(performance.now()); };
    channel.port2.postMessage(0);
  };
  // A task after the next frame's style, layout and paint.
  const afterPaint = (then) => requestAnimationFrame(() => post(then));

  // The page assigns `ready`, and `firstTeasers` if it shows them before; when each is in the document, when painted.
  const moment = (name) => new Promise((resolve, reject) => {
    let value;
    Object.defineProperty(window, name, {
      get: () => value,
      set(promise) {
        value = promise;
        Promise.resolve(promise).then(() => {
          const dom = performance.now();
          if (name === 'firstTeasers' && noted) bench.firstTitles = titlesOf(noted);
          afterPaint((paint) => resolve({ dom, paint }));
        }, reject);
      },
    });
  });
  const ready = moment('ready'), firstTeasers = moment('firstTeasers');
  for (const promise of [ready, firstTeasers]) promise.catch(() => {});

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) bench.tasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });

  bench.start = async () => {
    const complete = await ready;
    const first = window.firstTeasers ? await firstTeasers : complete;
    const data = performance.getEntriesByType('resource').find(({ name }) => /\/data\/\d+\.json/.test(name));
    // Entries of long tasks come late.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const over = bench.tasks.filter(({ startTime }) => startTime < complete.paint).map(({ duration }) => duration - 50);
    return {
      first: Math.min(first.paint, complete.paint),
      complete: complete.paint,
      completeDom: complete.dom,
      data: data?.responseEnd ?? null,
      blocked: over.reduce((sum, duration) => sum + Math.max(0, duration), 0),
    };
  };

  // One timed call. It starts inside a frame, so that this very frame paints what it changes, and no wait for the next
  // one is counted (except where the contender itself waits).
  bench.click = (tag, name = 'toggleTag') => new Promise((resolve, reject) => requestAnimationFrame(() => {
    let dom = null, framePassed = false;
    const start = performance.now();
    const done = (paint) => resolve({ dom: dom - start, paint: paint - start });
    Promise.resolve(window[name](tag)).then(() => {
      dom = performance.now();
      if (framePassed) afterPaint(done);
    }, reject);
    post((now) => { if (dom !== null) done(now); else framePassed = true; });
  }));

  // measureUserAgentSpecificMemory leaves out the memory that a Wasm program works in (seen in Chromium 156).
  const memories = new Set();
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const instantiate = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await instantiate.apply(WebAssembly, given);
      const { exports } = made.instance ?? made;
      for (const value of Object.values(exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
      return made;
    };
  }

  const deep = (root, selector) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll('*')].flatMap((element) => (element.shadowRoot ? deep(element.shadowRoot, selector) : [])),
  ];
  const titleOf = (teaser) => teaser.querySelector('h1 a, h2 a, h3 a, h4 a')?.textContent.trim();
  const titlesOf = (selector) => deep(document, selector).map(titleOf);
  /** In a visit that nobody times: `firstTitles` are to be those of the teasers that are shown first. */
  let noted = null;
  bench.noteFirst = (selector) => (noted = selector);
  /** What a visitor sees, in the order of its place on the page. */
  bench.state = (tags, selector) => {
    let teasers = deep(document, selector);
    // Isotope keeps all articles in the document.
    if (teasers.length > 200) teasers = teasers.filter((element) => element.style.display !== 'none');
    const placed = teasers.filter((element) => element.checkVisibility()).map((element) => ({ element, box: element.getBoundingClientRect() }));
    const seen = placed.sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left).map(({ element }) => element);
    return {
      count: window.resultCount(),
      titles: seen.map(titleOf),
      isWhole: seen.every((element) => element.querySelector('a[href^="https://www.kommune-aktuell.example/"]')
        && element.querySelector('time') && element.textContent.length > 200),
      tagCounts: tags.map((tag) => window.tagCount(tag)),
    };
  };
  bench.elements = () => deep(document, '*').length;
  bench.memory = async () => {
    const { bytes } = await performance.measureUserAgentSpecificMemory();
    const wasm = [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    return { total: bytes + wasm, wasm };
  };
}
