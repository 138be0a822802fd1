// What the report shows of the samples: rows of one number per contender, and who is better than whom.
import { summary } from './statistics.mjs';

export const FLOOR = 'vanilla';

const milliseconds = (x) => `${x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2)} ms`;
const bytes = (x) => (x >= 999_500 ? `${(x / 1e6).toFixed(2)} MB` : `${(x / 1000).toFixed(1)} kB`);
const mebibytes = (x) => `${(x / 2 ** 20).toFixed(1)} MiB`;
export const format = { milliseconds, bytes, mebibytes };

const VISITS = [
  ['cold.plain', 'cold'], ['warm.plain', 'warm'],
  ['cold.cpu4', 'cold, CPU 4 times slower'], ['warm.cpu4', 'warm, CPU 4 times slower'],
  ['cold.net', 'cold, slow line'], ['warm.net', 'warm, slow line'],
];
const CLICKS = [
  ['first.frequent', 'frequent tag, first'], ['later.frequent', 'frequent tag, later'],
  ['first.rare', 'rare tag, first'], ['later.rare', 'rare tag, later'],
  ['first.two', 'second of two tags, first'], ['later.two', 'second of two tags, later'],
  ['first.frequent4', 'frequent tag, first, CPU 4 times slower'],
];
const rows = (places, moment) => places.map(([place, label]) => ({ key: `${place}.${moment}`, label, format: milliseconds }));

/** Groups of measures; `isAbsolute` ones are 0 for the floor where all is well, so that a ratio says nothing. */
export const GROUPS = [
  { title: 'First 20 teasers painted', measures: rows(VISITS, 'first') },
  { title: 'Complete: teasers, tags and counts painted', measures: rows(VISITS, 'complete') },
  { title: 'Click on a tag to painted', measures: rows(CLICKS, 'paint') },
  { title: 'Click on a tag to changed document', measures: rows(CLICKS.slice(0, 2), 'dom') },
  { title: 'Memory', measures: [{ key: 'memory.total', label: 'after loading', format: mebibytes }] },
  { title: 'Main thread blocked while loading', isAbsolute: true, measures: rows(VISITS, 'blocked') },
];

/** How many rounds there were, and at which sizes fewer. */
export function roundsOf({ rounds }) {
  const most = Math.max(...Object.values(rounds).map(({ length }) => length));
  const fewer = Object.entries(rounds).filter(([, { length }]) => length < most);
  return `${most} rounds${fewer.map(([size, { length }]) => `, ${length} with ${count(Number(size))} articles`).join('')}`;
}

/** All rows that have samples: `{ group, label, size, cells: { contender: { median, q1, q3, ratio } } }`. */
export function table(result) {
  const all = [payloadRow(result, 'shown', 'until the list shows, by brotli'), payloadRow(result, 'payload', 'until after a click')];
  for (const group of GROUPS) {
    for (const measure of group.measures) {
      for (const size of result.sizes) {
        const cells = {};
        for (const [name, { sizes }] of Object.entries(result.contenders)) {
          const cell = summary(sizes[size]?.samples[measure.key]);
          if (cell) cells[name] = cell;
        }
        if (cells[FLOOR]) all.push({ group: group.title, isAbsolute: group.isAbsolute, label: measure.label, key: measure.key, size, format: measure.format, cells });
      }
    }
  }
  for (const { cells, isAbsolute } of all) {
    for (const cell of Object.values(cells)) {
      const ratio = (value) => value / cells[FLOOR].median;
      if (!isAbsolute) cell.ratio = { median: ratio(cell.median), q1: ratio(cell.q1), q3: ratio(cell.q3) };
    }
  }
  return all;
}

/** Scripts, styles and Wasm. */
function payloadRow({ contenders }, key, label) {
  const cells = {};
  for (const [name, contender] of Object.entries(contenders)) {
    const brotli = contender[key]?.brotli;
    if (brotli) cells[name] = { n: Infinity, median: brotli, q1: brotli, q3: brotli };
  }
  return { group: 'Code to load', label, key, size: null, format: bytes, cells };
}

/** Whether a cell is clearly better than another: its third quartile lies below the other's first. */
export function isBetter(cell, other) {
  const isKnown = ({ n }) => n >= LEAST_ROUNDS;
  return isKnown(cell) && isKnown(other) && cell.q3 < other.q1;
}
/** Of fewer the quartiles are hardly more than the median and one other. */
export const LEAST_ROUNDS = 5;

/** The rivals that are clearly better than `name` in a row, the best first. */
export function betterThan(name, { cells }, contenders) {
  const own = cells[name];
  if (!own) return [];
  const rivals = Object.entries(cells).filter(([rival]) => !contenders[rival].control && !contenders[rival].isOurs);
  return rivals.filter(([, cell]) => isBetter(cell, own)).sort((a, b) => a[1].median - b[1].median).map(([rival]) => rival);
}

/** The floor, ours, then peers and controls by name. */
export function order(contenders) {
  const rank = (name) => (name === FLOOR ? 0 : contenders[name].isOurs ? 1 : contenders[name].control ? 3 : 2);
  return Object.keys(contenders).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

export const count = (n) => n.toLocaleString('en-US');
export const times = (ratio) => (ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2));
/** One cell as text: the ratio to the floor, or the value where a ratio says nothing. */
export function value(row, cell) {
  return cell.ratio ? times(cell.ratio.median) : row.format(cell.median);
}
export function quartiles(row, cell) {
  const [from, to] = cell.ratio ? [times(cell.ratio.q1), times(cell.ratio.q3)] : [row.format(cell.q1), row.format(cell.q3)];
  if (cell.n === 1 || from === to) return '';
  const unit = to.match(/ .*|$/)[0];
  return `${unit && from.endsWith(unit) ? from.slice(0, -unit.length) : from}–${to}`;
}
