// Says where the time of a cold start and of a click goes; see README.md. `cargo xtask profile` runs it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeData } from './data.mjs';
import { startServer } from './server.mjs';
import { browserVersion, launch } from './lib/browser.mjs';
import { summary } from './lib/statistics.mjs';
import { Trace, WORK, startTrace } from './lib/trace.mjs';
import { Visitor, click, sleep } from './lib/visit.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const options = { sizes: '1000,10000', rounds: 3, contender: 'stichwort', profile: 'plain', functions: 12, tasks: 3, dist: at('../../dist') };
for (let i = 2; i < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, ''), value = process.argv[i + 1];
  if (!process.argv[i].startsWith('--') || !(name in options) || value === undefined) {
    throw new Error(`expected an option and its value, found \`${process.argv.slice(i, i + 2).join(' ')}\`; tests/bench/README.md lists them`);
  }
  options[name] = typeof options[name] === 'number' ? Number(value) : value;
}
const { control } = JSON.parse(readFileSync(at(`contenders/${options.contender}/contender.json`), 'utf8'));
if (control) throw new Error(`expected a contender that can be clicked by itself, found the control ${options.contender}`);

const MOMENTS = { first: 'first 20 painted', completeDom: 'complete in the document', complete: 'complete painted' };
const server = await startServer({ mounts: { '/c/stichwort/dist/': resolve(options.dist) } });
server.loadFolder(`/c/${options.contender}/`);
server.loadFolder('/c/stichwort/dist/');
const columns = [];
for (const size of options.sizes.split(',').map(Number)) {
  makeData(size);
  const answers = JSON.parse(readFileSync(at(`data/${size}.answers.json`), 'utf8'));
  server.load(`/data/${size}.json`);
  const rounds = [];
  for (let i = 0; i < options.rounds; i++) rounds.push(await profiled(size, answers.frequent.tags[0]));
  for (const part of Object.keys(rounds[0].parts)) columns.push({ title: part, size, rounds: rounds.map(({ parts }) => parts[part]) });
  console.log(`\n${size.toLocaleString('en-US')} articles, ms since navigation, medians of ${options.rounds}: ${times(rounds)}`);
  console.log(`longest tasks of each cold start, ms: ${rounds.map(({ tasks }) => tasks.map(task).join(', ')).join(' | ')}`);
}
await server.close();
console.log(`\n${options.contender}, ${browserVersion()}, medians in ms; measuring makes everything slower, scripts most\n`);
print('main thread', WORK, ({ work }) => work);
print('other threads of the page, meanwhile', { compileScript: WORK.compileScript, compileWasm: WORK.compileWasm }, ({ beside }) => beside);
printFunctions();

/** One cold load, a first and a third click in a fresh browser. */
async function profiled(size, tag) {
  const { browser, close } = await launch();
  try {
    const visitor = new Visitor({ browser, server, idle: 700, cap: 120 });
    await visitor.wake();
    const context = await visitor.context(), address = `/c/${options.contender}/?src=/data/${size}.json`;
    const end = await startTrace(browser);
    const page = await visitor.visit(context, address, options.profile);
    await page.run(() => {
      const toggle = window.toggleTag;
      let clicks = 0;
      window.toggleTag = (tag) => { performance.mark(`bench-click-${++clicks}`); return toggle(tag); };
    });
    const requests = await page.run(() => ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
      .map(({ name, requestStart, responseEnd }) => ({ name: new URL(name).pathname, start: requestStart, end: responseEnd })));
    await sleep(500);
    const clicks = [];
    for (let i = 0; i < 3; i++) clicks.push(await click(page, tag));
    const trace = new Trace(await end(), address);
    const part = (from, milliseconds) => {
      const to = from + milliseconds * 1000;
      const of = Object.fromEntries(['work', 'robbed', 'beside', 'functions'].map((what) => [what, trace[what](from, to)]));
      return { total: milliseconds, ...of };
    };
    return {
      start: page.start,
      requests,
      tasks: trace.longest(trace.start, trace.start + page.start.complete * 1000, options.tasks),
      parts: {
        'cold start': part(trace.start, page.start.complete),
        'first click': part(trace.mark('bench-click-1'), clicks[0].paint),
        'third click': part(trace.mark('bench-click-3'), clicks[2].paint),
      },
    };
  } finally {
    await close();
  }
}

function median(values) {
  return summary(values)?.median ?? 0;
}

/** When requests began and ended, and when what they brought was painted. */
function times(rounds) {
  const ms = (values) => median(values).toFixed(0);
  const requests = rounds[0].requests.map(({ name }, i) => {
    const all = rounds.map(({ requests }) => requests[i]).filter(Boolean);
    return `${name.split('/').at(-1) || 'page'} ${ms(all.map(({ start }) => start))}–${ms(all.map(({ end }) => end))}`;
  });
  const moments = Object.entries(MOMENTS).map(([moment, label]) => `${label} ${ms(rounds.map(({ start }) => start[moment]))}`);
  return [...requests, ...moments].join(', ');
}

/** A task: how long, when, and what took most of it. */
function task({ start, time, work }) {
  const most = Object.entries(work).sort((a, b) => b[1] - a[1]).slice(0, 3).map(([kind, time]) => `${kind} ${time.toFixed(0)}`);
  return `${time.toFixed(0)} at ${start.toFixed(0)} (${most.join(', ')})`;
}

function print(title, rows, of) {
  const width = Math.max(...Object.values(rows).map((label) => label.length)) + 2;
  const heads = columns.map(({ title, size }) => `${title} ${size.toLocaleString('en-US')}`);
  const line = (label, cells) => console.log([label.padEnd(width), ...cells.map((cell, i) => cell.padStart(heads[i].length))].join('  ').trimEnd());
  line(title, heads);
  for (const [kind, label] of Object.entries(rows)) {
    const values = columns.map(({ rounds }) => median(rounds.map((part) => of(part)[kind] ?? 0)));
    if (values.some((value) => value >= 0.05)) line(`  ${label}`, values.map((value) => value.toFixed(1)));
  }
  for (const [label, key] of rows === WORK ? [['all', 'total'], ['in which its task had no core', 'robbed']] : []) {
    line(label, columns.map(({ rounds }) => median(rounds.map((part) => part[key])).toFixed(1)));
  }
  console.log();
}

/** Without the hashes of crates, and no longer than a line. */
function readable(name) {
  const short = name.replace(/\[[0-9a-f]{6,16}\]/g, '');
  return short.length > 110 ? `${short.slice(0, 107)}...` : short;
}

/** Means, as a function that runs for a sample or two would have a median of nothing. */
function printFunctions() {
  for (const { title, size, rounds } of columns) {
    for (const [kind, label] of Object.entries({ wasm: 'Wasm functions', script: 'functions of scripts', calls: "the browser's own" })) {
      const names = new Set(rounds.flatMap(({ functions }) => Object.keys(functions[kind])));
      const mean = (name) => rounds.reduce((sum, { functions }) => sum + (functions[kind][name] ?? 0), 0) / rounds.length;
      const top = [...names].map((name) => [name, mean(name)]).sort((a, b) => b[1] - a[1]).slice(0, options.functions);
      if (!top.length) continue;
      console.log(`${label}, ${title}, ${size.toLocaleString('en-US')} articles, means without what they call`);
      for (const [name, time] of top) console.log(`  ${time.toFixed(2).padStart(7)}  ${readable(name)}`);
      console.log();
    }
  }
}
