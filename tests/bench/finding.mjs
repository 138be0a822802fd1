// What a click and a key of a search take in the browser, beside a scan, and what a visitor's first step sets going;
// `cargo xtask bench` without `--quick` runs it before all else. With what `tests/finding.rs` has printed on standard input,
// it writes both for the page.
//   node finding.mjs [DIST [OUT.json < PRINTED]]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeData } from './data.mjs';
import { startServer } from './server.mjs';
import { capped, launch } from './lib/browser.mjs';
import { commit } from './lib/commit.mjs';
import { foreignMeter } from './lib/load.mjs';
import { summary } from './lib/statistics.mjs';
import { Visitor, sleep } from './lib/visit.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Fresh browsers of each column; their median counts. */
const ROUNDS = 5;
/** What others may use of the machine meanwhile; more is told. */
const NOISE = 0.06;
/** Seconds that any step may take. */
const CAP = 120;
// Articles, and the profile of `lib/visit.mjs`: on a slow phone a field is to stay quick as well.
const COLUMNS = [[1000, 'plain'], [10_000, 'plain'], [100_000, 'plain'], [1000, 'cpu4'], [10_000, 'cpu4']];
const dist = resolve(process.argv[2] ?? at('../../dist')), out = process.argv[3];
const core = out && columns(readFileSync(0, 'utf8'));

const server = await startServer({ mounts: { '/c/stichwort/dist/': dist } });
/** By what was measured, by column, what each round took. */
const rows = {};
for (const [size] of COLUMNS) {
  makeData(size);
  server.load(`/data/${size}.json`);
}
let noisy = 0;
for (let round = 0; round < ROUNDS; round++) {
  for (const [column, [size, profile]] of COLUMNS.entries()) {
    const meter = foreignMeter(), took = await visits(size, profile, round);
    if (meter() > NOISE) noisy++;
    for (const [what, milliseconds] of Object.entries(took)) ((rows[what] ??= [])[column] ??= []).push(milliseconds);
  }
}
await server.close();
const heads = COLUMNS.map(([size, profile]) => size.toLocaleString('en-US') + (profile === 'plain' ? '' : `, ${profile}`));
const line = (what, cells) => what.padEnd(64) + cells.map((cell) => cell.padStart(14)).join('');
const lines = Object.entries(rows).map(([what, cells]) => [what, cells.map((series) => summary(series).median.toFixed(1))]);
console.log(`\n${line(`milliseconds in the browser, medians of ${ROUNDS}`, heads)}`);
for (const [what, cells] of lines) console.log(line(what, cells));
if (out) {
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, JSON.stringify({ date: new Date().toISOString(), commit: commit(), noisy, rounds: ROUNDS, core, browser: { heads, lines } }));
}

/** The heads and lines of a printed table: what it is about, and numbers. */
function columns(printed) {
  const [[, heads], ...lines] = printed.trim().split('\n').map((line) => {
    const [, what, cells] = line.match(/^(.*?)((?:\s+[\d.,]+)+)$/);
    return [what, cells.trim().split(/\s+/)];
  });
  return { heads, lines };
}

/** Three visits of a fresh browser: a pointer that comes near before it presses, one that presses at once, and all that is found. */
async function visits(size, profile, round) {
  const { frequent } = JSON.parse(readFileSync(at(`data/${size}.answers.json`), 'utf8'));
  const given = { tag: frequent.tags[0], count: frequent.count, size };
  const { browser, close } = await launch();
  try {
    const visitor = new Visitor({ browser, server, idle: 300, cap: CAP });
    await visitor.wake();
    const open = async () => visitor.visit(await visitor.context(), `/c/stichwort/?src=/data/${size}.json`, profile);
    // By turns in another order.
    const steps = [], pauses = round % 2 ? [400, 0] : [0, 400];
    for (const pause of pauses) steps[pause] = await firstStep(await open(), given, pause);
    const near = steps[400], sudden = steps[0];
    const page = await open(), found = await page.run(measure, given);
    await page.close();
    return {
      'first click, the pointer being there for 0.4 s': near.click,
      'longest time without a turn of the page since it came': near.longest,
      'first click by a press with nothing before': sudden.click,
      'longest time without a turn of the page since then': sudden.longest,
      ...found,
    };
  } finally {
    await close();
  }
}

/** What the visitor's first step takes, from the click to the changed document, after so many milliseconds beside the tag. */
async function firstStep(page, given, pause) {
  const place = await page.run(watch, given);
  const mouse = (type, more) => capped(page.send('Input.dispatchMouseEvent', { type, ...place, ...more }), CAP);
  await sleep(500);
  await page.run(() => window.__step.begin());
  if (pause) {
    await mouse('mouseMoved');
    await sleep(pause);
  }
  await mouse('mousePressed', { button: 'left', clickCount: 1 });
  await mouse('mouseReleased', { button: 'left', clickCount: 1 });
  const took = await page.run(() => window.__step.end());
  await page.close();
  return took;
}

/** In the page: where the tag is, and what has to be known of the first step. */
function watch({ tag, count }) {
  const element = document.querySelector('stichwort-teasers');
  const box = element.shadowRoot.querySelector(`[part~="tag"][data-tag=${JSON.stringify(tag)}]`).getBoundingClientRect();
  let longest = 0, isOver = false, start;
  addEventListener('click', ({ timeStamp }) => (start = timeStamp), { capture: true });
  const begin = () => {
    const { port1, port2 } = new MessageChannel();
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    };
    port1.onmessage = () => {
      look();
      // A task of another kind, before which the browser may paint.
      if (!isOver) setTimeout(() => (look(), port2.postMessage(0)));
    };
    port2.postMessage(0);
  };
  const changed = new Promise((resolve) => {
    const change = ({ detail }) => resolve({ matches: detail.matches, click: performance.now() - start });
    element.addEventListener('stichwort-change', change, { once: true });
  });
  const after = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));
  const end = async () => {
    const { matches, click } = await changed;
    if (matches !== count) throw new Error(`expected ${count} articles after the first click, found ${matches}`);
    // With the rest of the program, which brings a sheet of its own, and the frame that shows it.
    while (element.shadowRoot.adoptedStyleSheets.length < 2) await after(20);
    await after(300);
    isOver = true;
    return { click, longest };
  };
  window.__step = { begin, end };
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/** In the page: a click and a key until the document is changed, which is when the event has been handled. */
async function measure({ tag, count, size }) {
  const SEARCHES = ['s', 'si', 'sitz', 'stadt', 'rat'];
  const { shadowRoot } = document.querySelector('stichwort-teasers');
  const find = (selector) => shadowRoot.querySelector(selector);
  const took = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  const turn = () => new Promise((go) => setTimeout(go));
  const status = () => find('[part="status"]').textContent;
  // "12.345 Meldungen"; the number of none is a word.
  const held = (what, wanted) => {
    const found = Number(status().trim().match(/^[\d.]+/)?.[0].replace(/\D/g, '') ?? 0);
    if (found !== wanted) throw new Error(`expected ${wanted} articles ${what}, found ${found}`);
  };
  const { items } = await (await fetch(`/data/${size}.json`)).json();
  // As it is compared: without case and accents, umlauts in both forms, and with hyphens and without.
  const plain = (text) => text.replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '');
  const folded = (text) => [text, text.replaceAll('-', '')].flatMap((form) => [plain(form), plain(form.replace(/[äöü]/g, '$&e'))]).join('\n');
  const texts = items.map(({ title, summary, tags = [], authors = [], _stichwort }) =>
    folded([title, summary, _stichwort?.kicker, ...tags, ...authors.map(({ name }) => name)].join('\n').toLowerCase()));
  const scan = (text) => texts.filter((one) => one.includes(text)).length;

  const click = () => took(() => find(`[part~="tag"][data-tag=${JSON.stringify(tag)}]`).click());
  click();
  // The rest of the program comes after it, with a sheet of its own.
  while (shadowRoot.adoptedStyleSheets.length < 2) await turn();
  held('after a click', count);
  const later = [];
  for (let i = 0; i < 5; i++) {
    await turn();
    click(); // lets go
    await turn();
    later.push(click());
    held('after a later click', count);
  }
  const input = find('[part="search"]');
  const key = (text) => took(() => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  click(); // nothing is chosen
  const before = status(), start = performance.now();
  input.focus();
  key('sitzung');
  // Few are read at once; of many, pieces between which the page has its turn.
  let longest = 0;
  for (let last = start; status() === before || /…/.test(status()); last = performance.now()) {
    await turn();
    longest = Math.max(longest, performance.now() - last);
  }
  const ready = performance.now() - start;
  held('with "sitzung"', scan('sitzung'));
  const keys = [];
  for (const text of SEARCHES) {
    await turn();
    keys.push(key(text));
    held(`with "${text}"`, scan(text));
  }
  const most = Math.max(...keys);
  let chosen;
  const byTag = took(() => {
    const counts = new Map();
    chosen = items.filter((item) => item.tags?.includes(tag));
    for (const { tags = [] } of chosen) {
      for (const one of tags) counts.set(one, (counts.get(one) ?? 0) + 1);
    }
  });
  if (chosen.length !== count) throw new Error(`expected ${count} articles by a scan, found ${chosen.length}`);
  const scans = SEARCHES.map((text) => took(() => scan(text)));
  return {
    'click on a frequent tag, later': median(later),
    'a scan of all tags, with counts, without a document': byTag,
    'first key of a search, until it is answered': ready,
    'longest time without a turn of the page meanwhile': longest,
    'later keys, until they are answered': median(keys),
    'the slowest of them': most,
    'a scan of ready-made texts, without counts': median(scans),
  };
}
