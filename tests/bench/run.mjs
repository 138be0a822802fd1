// Measures all contenders, interleaved; see README.md. `cargo xtask bench` runs it.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { endPagefind, makeData, makePagefind, makeUnread } from './data.mjs';
import { brotli, startServer } from './server.mjs';
import { browserVersion, launch } from './lib/browser.mjs';
import { commit } from './lib/commit.mjs';
import { record } from './lib/document.mjs';
import { foreignMeter, untilQuiet } from './lib/load.mjs';
import { round } from './lib/round.mjs';
import { PROFILES, Visitor } from './lib/visit.mjs';
import { write } from './report.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

const options = read(process.argv.slice(2));
const contenders = find(options);
for (const n of options.sizes) {
  makeData(n);
  if (contenders.some(({ isUnread }) => isUnread)) makeUnread(n);
  if (inSize(n).some((contender) => contender.pagefind)) await makePagefind(n);
}
if (contenders.some((contender) => contender.pagefind)) await endPagefind();
const answers = Object.fromEntries(options.sizes.map((n) => [n, json(at(`data/${n}.answers.json`))]));

const log = [];
const mounts = Object.fromEntries(contenders.filter(({ dist }) => dist).flatMap(({ name, dist, isRecorded }) => [
  [`/c/${name}/`, at(isRecorded ? `dist/${name}/` : 'dist/stichwort/')],
  [`/c/${name}/dist/`, dist],
]));
const server = await startServer({ mounts, onRequest: (request) => log.push(request) });
const result = blank();
await recordAll();
const start = Date.now();
compressAll();
for (let number = 0; number < options.rounds; number++) {
  for (const n of options.sizes) {
    if (isLate(n)) continue;
    const began = Date.now();
    for (const contender of shuffled(inSize(n), number * 7919 + n)) await measure(contender, n, number);
    result.rounds[n].push((Date.now() - began) / 60_000);
    save();
  }
}
result.minutes = (Date.now() - start) / 60_000;
save();
await server.close();
write(result, options.page);
console.log(`\nall samples: ${options.out}\nthe same as a page: ${options.page}`);
process.exit(result.problems.length ? 1 : 0);

// ---- options ----

function read(words) {
  const options = {
    sizes: [100, 1000, 10_000, 100_000], rounds: 7, minutes: Infinity, only: null, profiles: Object.keys(PROFILES),
    also: [], noise: 0.06, quiet: 120, attempts: 5, idle: 700, cap: 60,
    dist: at('../../dist'), out: at('../../target/bench/samples.json'), page: at('../../target/bench/benchmark.html'), finding: '',
  };
  if (words.includes('--quick')) {
    const quick = { sizes: [1000, 10_000], rounds: 7, minutes: 1.6, only: ['vanilla', 'stichwort'], quiet: 0, attempts: 1, idle: 300 };
    Object.assign(options, quick, { profiles: ['plain', 'cpu4'], isQuick: true });
  }
  const rest = words.filter((word) => word !== '--quick');
  for (let i = 0; i < rest.length; i += 2) {
    const name = rest[i].replace(/^--/, ''), value = rest[i + 1];
    if (!rest[i].startsWith('--') || !(name in options) || value === undefined) {
      throw new Error(`expected an option and its value, found \`${rest.slice(i, i + 2).join(' ')}\`; tests/bench/README.md lists them`);
    }
    if (name === 'also') options.also.push(value.split(/=(.*)/s));
    else if (name === 'sizes') options.sizes = value.split(',').map(Number);
    else if (Array.isArray(options[name]) || options[name] === null) options[name] = value.split(',');
    else options[name] = typeof options[name] === 'number' ? Number(value) : resolve(value);
  }
  return options;
}

/** The contenders of this run; `--also NAME=DIST` adds the widget from another folder. */
function find({ only, also, dist }) {
  const all = readdirSync(at('contenders')).map((name) => ({ name, ...json(at(`contenders/${name}/contender.json`)) }));
  const unknown = (only ?? []).filter((name) => !all.some((contender) => contender.name === name));
  if (unknown.length) throw new Error(`expected contenders of ${all.map(({ name }) => name).join(', ')}, found ${unknown.join(', ')}`);
  const own = all.find(({ name }) => name === 'stichwort');
  own.dist = resolve(dist);
  for (const control of all.filter(({ isUnread, isShipped }) => isUnread || isShipped)) control.dist = own.dist;
  const others = also.map(([name, path]) => ({ ...own, name, dist: resolve(path), note: `The widget from ${path}.` }));
  for (const { dist } of [own, ...others]) {
    if (!existsSync(`${dist}/stichwort.js`)) throw new Error(`expected stichwort.js in ${dist}, found none`);
  }
  // Ratios need their floor.
  return [...all.filter(({ name }) => !only || only.includes(name) || name === 'vanilla'), ...others];
}

function inSize(n) {
  return contenders.filter(({ largest = Infinity }) => n <= largest);
}

// ---- measuring ----

/** At least three rounds of a size, then only as many as the time allows; all rounds of smaller sizes come before. */
function isLate(size) {
  const expected = (n) => result.rounds[n].reduce((sum, minutes) => sum + minutes, 0) / result.rounds[n].length;
  if (result.rounds[size].length < 3) return false;
  const others = options.sizes.filter((n) => n < size).map((n) => expected(n) * (options.rounds - result.rounds[n].length));
  const left = options.minutes - (Date.now() - start) / 60_000;
  return [expected(size), ...others].reduce((sum, minutes) => sum + minutes, 0) > left;
}

/** One round of one contender in a fresh browser; repeated if the machine was not quiet, or once if it failed. */
async function measure(contender, n, number) {
  const place = result.contenders[contender.name].sizes[n];
  if (place.failed) return;
  let isForgiven = false;
  for (let attempt = 1; ; attempt++) {
    await untilQuiet(options.noise, options.quiet);
    const began = Date.now(), meter = foreignMeter();
    const { browser, close } = await launch();
    let measured, failure;
    try {
      const visitor = new Visitor({ browser, server, idle: options.idle, cap: options.cap });
      await visitor.wake();
      measured = await round(visitor, contender, address(contender, n), answers[n], { profiles: options.profiles, log });
    } catch (error) {
      failure = error.message.split('\n')[0].slice(0, 300);
    } finally {
      await close();
    }
    const foreign = meter(), isNoisy = foreign > options.noise;
    say(contender, n, number, measured, failure, Date.now() - began, foreign);
    if (isNoisy && attempt < options.attempts) {
      result.discarded++;
      continue;
    }
    if (failure && !isForgiven && attempt < options.attempts) {
      isForgiven = true;
      continue;
    }
    if (isNoisy) result.noisy++;
    if (failure) {
      place.failed = `round ${number + 1}: ${failure}`;
      result.problems.push(`${contender.name}, ${n} articles, ${place.failed}`);
    } else keep(contender, n, place, measured);
    return;
  }
}

function keep(contender, n, place, { values, problems, shown, sent }) {
  for (const [key, value] of Object.entries(values)) (place.samples[key] ??= []).push(value);
  for (const problem of problems) {
    const line = `${contender.name}, ${n} articles, ${problem}`;
    if (!result.problems.includes(line)) result.problems.push(line);
  }
  if (contender.control) return;
  place.dataBytes ??= sent.filter(({ path }) => !isPage(path) && !isCode(path)).reduce((sum, { sent }) => sum + sent, 0);
  result.contenders[contender.name].shown ??= payload(shown.map(({ path }) => path).filter(isCode));
  result.contenders[contender.name].payload ??= payload(sent.map(({ path }) => path).filter(isCode));
}

function address({ name, pagefind, isRecorded, isUnread }, n) {
  return `/c/${name}/${isRecorded ? `${n}.html` : ''}?src=/data/${n}${isUnread ? '.unread' : ''}.json` + (pagefind ? `&pagefind=/data/pagefind-${n}/` : '');
}

function isPage(path) {
  return /\/$|\.html$/.test(path);
}

/** Pagefind keeps its code beside its index. */
function isCode(path) {
  return !isPage(path) && (!path.startsWith('/data/') || /\.js$|\/wasm\.[\w-]+\.pagefind$/.test(path));
}

function payload(paths) {
  const files = [...new Set(paths)].map((path) => {
    const { raw } = server.load(path);
    return { file: path.split('/').at(-1), raw: raw.length, gzip: gzipSync(raw, { level: 9 }).length, brotli: brotli(raw).length };
  });
  const sum = (kind) => files.reduce((sum, file) => sum + file[kind], 0);
  return { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli'), files };
}

/** What the widget of this run does, for the controls that play it back. */
async function recordAll() {
  const recorded = contenders.filter(({ isRecorded }) => isRecorded), widget = contenders.find(({ name }) => name === 'stichwort');
  if (!recorded.length) return;
  if (!widget) throw new Error(`expected stichwort beside ${recorded[0].name}, which is recorded from it, found none`);
  const controls = recorded.map(({ name, isShipped }) => ({ folder: at(`dist/${name}/`), isShipped }));
  const given = { server, cap: options.cap, widget, controls };
  for (const size of options.sizes) {
    const { browser, close } = await launch();
    try {
      await record({ ...given, browser, address: address(widget, size), size, answers: answers[size] });
    } finally {
      await close();
    }
  }
}

/** Before anything is timed. */
function compressAll() {
  for (const n of options.sizes) {
    server.load(`/data/${n}.json`);
    server.load(`/data/${n}.unread.json`);
  }
  for (const { name, dist } of contenders) {
    server.loadFolder(`/c/${name}/`);
    if (dist) server.loadFolder(`/c/${name}/dist/`);
  }
}

/** Another order in each round, the same in each run. */
function shuffled(list, seed) {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const j = (seed >>> 8) % (i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function say({ name }, n, number, measured, failure, milliseconds, foreign) {
  const value = (key) => measured.values[key]?.toFixed(1) ?? '-';
  const told = failure ? `failed: ${failure}` : `complete ${value('cold.plain.complete')} ms, click ${value('first.frequent.paint')} ms`;
  const noise = foreign > options.noise ? `, others used ${(foreign * 100).toFixed(0)} %` : '';
  console.log(`${number + 1}/${options.rounds} ${n} ${name}: ${told} (${(milliseconds / 1000).toFixed(1)} s${noise})`);
}

// ---- the result ----

function blank() {
  const tree = commit();
  const version = ({ package: name, dist }) => {
    if (dist) return tree;
    return name ? json(at(`node_modules/${name}/package.json`)).version : '';
  };
  const [{ model }] = cpus();
  const bundle = ({ bytes, tags, frequent, rare, two }) => ({ ...bytes, tags, frequent: frequent.count, rare: rare.count, two: two.count });
  const part = (contender) => ({
    note: contender.note, version: version(contender), control: contender.control ?? false, largest: contender.largest,
    isOurs: contender.name === 'stichwort',
    sizes: Object.fromEntries(options.sizes.filter((n) => inSize(n).includes(contender)).map((n) => [n, { samples: {} }])),
  });
  return {
    date: new Date().toISOString(),
    machine: { cpu: model, cores: cpus().length, gigabytes: Math.round(totalmem() / 2 ** 30), system: `${process.platform} ${process.arch}` },
    browser: browserVersion(), node: process.version, finding: options.finding ? json(options.finding) : null,
    isQuick: options.isQuick ?? false, isFirstChecked: true, sizes: options.sizes, profiles: options.profiles,
    // Minutes of each, by size.
    rounds: Object.fromEntries(options.sizes.map((n) => [n, []])),
    noise: options.noise, discarded: 0, noisy: 0, minutes: 0, problems: [],
    bundles: Object.fromEntries(options.sizes.map((n) => [n, bundle(answers[n])])),
    contenders: Object.fromEntries(contenders.map((contender) => [contender.name, part(contender)])),
  };
}

function save() {
  mkdirSync(dirname(options.out), { recursive: true });
  const short = (_, value) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(3)) : value);
  writeFileSync(options.out, JSON.stringify(result, short, 1) + '\n');
}
