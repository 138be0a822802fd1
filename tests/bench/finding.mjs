// What a click and a key of a search take in the browser, beside a scan; `cargo xtask bench` without `--quick` runs it before
// all else. With what `tests/finding.rs` has printed on standard input, it writes both for the page.
//   node finding.mjs [DIST [OUT.json < PRINTED]]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeData } from './data.mjs';
import { startServer } from './server.mjs';
import { launch } from './lib/browser.mjs';
import { Visitor } from './lib/visit.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
// Articles, and the profile of `lib/visit.mjs`: on a slow phone a field is to stay quick as well.
const COLUMNS = [[1000, 'plain'], [10_000, 'plain'], [100_000, 'plain'], [10_000, 'cpu4']];
const dist = resolve(process.argv[2] ?? at('../../dist')), out = process.argv[3];
const core = out && columns(readFileSync(0, 'utf8'));

const server = await startServer({ mounts: { '/c/stichwort/dist/': dist } });
const rows = {};
for (const [size, profile] of COLUMNS) {
  makeData(size);
  server.load(`/data/${size}.json`);
  const answers = JSON.parse(readFileSync(at(`data/${size}.answers.json`), 'utf8'));
  const { browser, close } = await launch();
  const visitor = new Visitor({ browser, server, idle: 300, cap: 120 });
  await visitor.wake();
  const page = await visitor.visit(await visitor.context(), `/c/stichwort/?src=/data/${size}.json`, profile);
  for (const [what, milliseconds] of Object.entries(await page.run(measure, { tag: answers.frequent.tags[0], count: answers.frequent.count, size }))) {
    (rows[what] ??= []).push(milliseconds);
  }
  await close();
}
await server.close();
const heads = COLUMNS.map(([size, profile]) => size.toLocaleString('en-US') + (profile === 'plain' ? '' : `, ${profile}`));
const line = (what, cells) => what.padEnd(56) + cells.map((cell) => cell.padStart(14)).join('');
const lines = Object.entries(rows).map(([what, cells]) => [what, cells.map((cell) => cell.toFixed(1))]);
console.log(`\n${line('milliseconds in the browser', heads)}`);
for (const [what, cells] of lines) console.log(line(what, cells));
if (out) {
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, JSON.stringify({ core, browser: { heads, lines } }));
}

/** The heads and lines of a printed table: what it is about, and numbers. */
function columns(printed) {
  const [[, heads], ...lines] = printed.trim().split('\n').map((line) => {
    const [, what, cells] = line.match(/^(.*?)((?:\s+[\d.,]+)+)$/);
    return [what, cells.trim().split(/\s+/)];
  });
  return { heads, lines };
}

/** In the page: a click and a key until the document is changed, which is when the event has been handled. */
async function measure({ tag, count, size }) {
  const { shadowRoot } = document.querySelector('stichwort-teasers');
  const find = (selector) => shadowRoot.querySelector(selector);
  const took = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  const click = () => took(() => find(`[part~="tag"][data-tag=${JSON.stringify(tag)}]`).click());
  const turn = () => new Promise((go) => setTimeout(go));
  const rest = { first: click() };
  const found = Number(find('[part="status"] strong').textContent.replace(/\D/g, ''));
  if (found !== count) throw new Error(`expected ${count} articles after a click, found ${found}`);
  const later = [];
  for (let i = 0; i < 5; i++) {
    await turn();
    click(); // lets go
    await turn();
    later.push(click());
  }
  const input = find('[part="search"]');
  const key = (text) => took(() => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  click(); // nothing is chosen
  const status = () => find('[part="status"]').textContent;
  const before = status(), start = performance.now();
  input.focus();
  key('sitzung');
  // Few are read at once; of many, pieces between which the page has its turn.
  let longest = 0;
  for (let last = performance.now(); status() === before || /…/.test(status()); last = performance.now()) {
    await turn();
    longest = Math.max(longest, performance.now() - last);
  }
  const ready = performance.now() - start;
  const keys = [];
  for (const text of ['s', 'si', 'sitz', 'stadt', 'rat']) {
    await turn();
    keys.push(key(text));
  }
  const most = Math.max(...keys);
  const { items } = await (await fetch(`/data/${size}.json`)).json();
  const texts = items.map(({ title, summary, tags, _stichwort }) => [title, summary, _stichwort?.kicker, ...(tags ?? [])].join(' ').toLowerCase());
  const byTag = took(() => {
    const counts = new Map();
    for (const { tags = [] } of items.filter((item) => item.tags?.includes(tag))) {
      for (const one of tags) counts.set(one, (counts.get(one) ?? 0) + 1);
    }
  });
  const scans = ['s', 'si', 'sitz', 'stadt', 'rat'].map((text) => took(() => texts.filter((one) => one.includes(text)).length));
  return {
    'click on a frequent tag, first': rest.first,
    'click on a frequent tag, later': median(later),
    'a scan of all tags, with counts, without a document': byTag,
    'first key of a search, until it is answered': ready,
    'longest time without a turn of the page meanwhile': longest,
    'later keys, until they are answered': median(keys),
    'the slowest of them': most,
    'a scan of ready-made lower-case texts, without counts': median(scans),
  };
}
