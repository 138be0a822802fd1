// The control `document`: what the widget's document takes by itself. A round of the widget is recorded, then played
// back by a page that knows no bundle and runs no program. The control `shipped` plays it back, too, beside all that the
// widget ships.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { clicks } from './round.mjs';
import { Visitor, sleep } from './visit.mjs';

/** Records the widget at an address with a bundle; the folders of the controls then have `SIZE.html`, which plays it back. */
export async function record({ browser, server, cap, widget, address, size, answers, controls }) {
  const visitor = new Visitor({ browser, server, idle: 300, cap });
  await visitor.wake();
  const page = await visitor.visit(await visitor.context(), address);
  await sleep(1000);
  await page.run(watch);
  await clicks(page, widget, answers);
  const { html, styles, steps } = await page.run(() => window.recorded());
  const recorded = `(${play})(${JSON.stringify({ html, style: styles[0] })})`;
  for (const { folder, isShipped } of controls) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}${size}.html`, pageOf(size, isShipped && filesOf(widget)));
    writeFileSync(`${folder}${size}.js`, recorded);
    writeFileSync(`${folder}${size}.json`, JSON.stringify({ styles: styles.slice(1), steps }));
  }
}

/** What the widget gets besides its script until a list shows. */
function filesOf({ dist }) {
  const find = (pattern) => {
    const found = readdirSync(dist).find((name) => pattern.test(name));
    if (!found) throw new Error(`expected a file like ${pattern} in ${dist}, found none; \`cargo xtask build\` makes it`);
    return `./dist/${found}`;
  };
  return { program: find(/^stichwort-[0-9a-f]+\.wasm$/), words: find(/^stichwort-de-[0-9a-f]+\.js$/) };
}

/** As that of the widget, but for the script; where that comes as well, no element is there that it would bring to life. */
const [HEAD] = readFileSync(new URL('../contenders/stichwort/index.html', import.meta.url), 'utf8').split('  <script');
const pageOf = (size, files) => `${HEAD}${files ? `  <script async src="dist/stichwort.js"></script>
  <script>window.shipped = (${fetchAll})(${JSON.stringify(files)})</script>
` : ''}  <script defer src="${size}.js"></script>
</head>
<body>
${files ? '<div></div>' : '<stichwort-teasers></stichwort-teasers>'}
</body>
</html>
`;

/**
 * In the page of the control `shipped`: asks for what the widget asks for, when it does. Resolves when all is there that the
 * widget needs to show anything, to what reads the rest of the bundle.
 */
async function fetchAll({ program, words }) {
  await customElements.whenDefined('stichwort-teasers'); // its script has run
  const bundle = fetch(new URLSearchParams(location.search).get('src'));
  const others = [WebAssembly.compileStreaming(fetch(program)), import(words)];
  const pieces = (await bundle).body.getReader();
  await Promise.all([pieces.read(), ...others]);
  return pieces;
}

/**
 * In the widget's page: notes what its document is before each click. `recorded()` gives back the first of these and
 * what was changed by each: `{ path, text }`, `{ path, name, value }` or `{ path, gone, made }`, a path being places among
 * siblings before the change.
 */
function watch() {
  const { shadowRoot } = document.querySelector('stichwort-teasers');
  const states = [];
  const note = () => states.push(shadowRoot.innerHTML);
  for (const name of ['toggleTag', 'showMore']) {
    const own = window[name];
    window[name] = (...given) => {
      note();
      return own(...given);
    };
  }

  window.recorded = () => {
    note();
    const trees = states.map((html) => Object.assign(document.createElement('template'), { innerHTML: html }).content);
    return {
      html: states[0],
      styles: shadowRoot.adoptedStyleSheets.map(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText).join('')),
      steps: trees.slice(1).map((tree, step) => changes(trees[step], tree, [])),
    };
  };

  const isTeaser = (node) => node.part?.contains('teaser');
  const kind = (node) => node.nodeName + (node.part?.[0] ?? node.classList?.[0] ?? '');
  // The widget knows teasers by their articles, and keeps those that it shows again.
  const isSame = (one, other) => kind(one) === kind(other) && (!isTeaser(one) || one.outerHTML === other.outerHTML);

  function changes(one, other, path) {
    if (one.nodeType === Node.TEXT_NODE) return one.data === other.data ? [] : [{ path, text: other.data }];
    const made = [];
    for (const { name, value } of other.attributes ?? []) if (one.getAttribute(name) !== value) made.push({ path, name, value });
    for (const { name } of one.attributes ?? []) if (!other.hasAttribute(name)) made.push({ path, name, value: null });
    const before = [...one.childNodes], after = [...other.childNodes], kept = common(before, after);
    for (const [from, to] of kept) made.push(...changes(before[from], after[to], [...path, from]));
    const gone = [...before.keys()].filter((place) => !kept.some(([from]) => from === place));
    const come = [...after.keys()].filter((place) => !kept.some(([, to]) => to === place));
    if (gone.length || come.length) made.push({ path, gone, made: come.map((place) => [place, text(after[place])]) });
    return made;
  }

  const text = (node) => {
    const parent = document.createElement('div');
    parent.append(node.cloneNode(true));
    return parent.innerHTML;
  };

  /** The longest common subsequence, as pairs of places. */
  function common(before, after) {
    const longest = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
    for (let from = before.length; from-- > 0;) {
      for (let to = after.length; to-- > 0;) {
        longest[from][to] = isSame(before[from], after[to]) ? longest[from + 1][to + 1] + 1 : Math.max(longest[from + 1][to], longest[from][to + 1]);
      }
    }
    const pairs = [];
    for (let from = 0, to = 0; from < before.length && to < after.length;) {
      if (isSame(before[from], after[to])) pairs.push([from++, to++]);
      else if (longest[from + 1][to] >= longest[from][to + 1]) from++;
      else to++;
    }
    return pairs;
  }
}

/**
 * In a control's page: shows what was recorded, at once or when all is there that the widget ships, then does with each call of
 * `toggleTag` or `showMore` what came next.
 */
function play({ html, style }) {
  const root = document.body.firstElementChild.attachShadow({ mode: 'open' });
  const parsed = (html) => Object.assign(document.createElement('template'), { innerHTML: html }).content;
  const adopt = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets.push(sheet);
  };
  adopt(style);
  const list = parsed(html);
  const show = async (pieces) => {
    root.append(list);
    while (pieces && !(await pieces.read()).done);
  };
  window.ready = window.shipped ? window.shipped.then(show) : show();

  // The page's own start is over by then.
  const prepare = async () => {
    const { styles, steps } = await (await fetch(location.pathname.replace('.html', '.json'))).json();
    styles.forEach(adopt);
    for (const step of steps) for (const change of step) change.made &&= change.made.map(([place, html]) => [place, parsed(html)]);
    const at = (path) => path.reduce((node, place) => node.childNodes[place], root);
    window.toggleTag = window.showMore = async () => {
      for (const { path, text, name, value, gone, made } of steps.shift()) {
        const node = at(path);
        if (text !== undefined) node.data = text;
        else if (name) value === null ? node.removeAttribute(name) : node.setAttribute(name, value);
        else {
          gone.map((place) => node.childNodes[place]).forEach((child) => child.remove());
          for (const [place, content] of made) node.insertBefore(content, node.childNodes[place] ?? null);
        }
      }
    };
  };
  window.ready.then(() => setTimeout(prepare, 100));
}
