// Shows samples as one table of ratios to the floor, and as a page.
//   node report.mjs SAMPLES.json [PAGE.html]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FLOOR, betterThan, count, order, quartiles, roundsOf, table, value } from './lib/measures.mjs';
import { page } from './lib/page.mjs';

/** Prints the table and writes the page. */
export function write(result, path) {
  console.log(text(result));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page(result));
}

/** The table for a terminal: the floor's own values, and ratios to it. */
function text(result) {
  const { contenders } = result;
  const names = order(contenders), ours = names.filter((name) => contenders[name].isOurs);
  const others = names.filter((name) => name !== FLOOR && !ours.includes(name));
  const lines = [['', 'articles', FLOOR, ...ours.flatMap((name) => [name, 'quartiles']), '', ...others, 'peers better than ours']];
  let group;
  for (const row of table(result)) {
    if (row.group !== group) lines.push([], [`${row.group}${row.isAbsolute ? ' (no ratio)' : ''}`]);
    group = row.group;
    const cell = (name) => (row.cells[name] ? value(row, row.cells[name]) : '-');
    const better = ours.length ? betterThan(ours[0], row, contenders) : [];
    lines.push([
      `  ${row.label}`, row.size ? count(row.size) : '', row.cells[FLOOR] ? row.format(row.cells[FLOOR].median) : '-',
      ...ours.flatMap((name) => [cell(name), row.cells[name] ? quartiles(row, row.cells[name]) : '']), better.includes(FLOOR) ? 'LOSES' : '',
      ...others.map(cell), better.filter((name) => name !== FLOOR).join(', '),
    ]);
  }
  const failed = Object.entries(contenders).flatMap(([name, { sizes }]) =>
    Object.entries(sizes).filter(([, { failed }]) => failed).map(([n, { failed }]) => `failed: ${name}, ${count(Number(n))} articles, ${failed}`));
  return [
    '', `ratios to ${FLOOR}, medians of ${roundsOf(result)}; below 1 is better; LOSES, and better peers, only where the quartiles do not overlap`,
    '', aligned(lines), '',
    ...(result.noisy ? [`${result.noisy} of the samples come from rounds in which other processes used the machine: do not trust small differences`] : []),
    ...failed, ...result.problems.map((problem) => `WRONG: ${problem}`),
  ].join('\n');
}

/** First and last column to the left, numbers to the right; a line of one cell may be longer. */
function aligned(lines) {
  const full = lines.filter((line) => line.length > 1);
  const widths = full[0].map((_, i) => Math.max(...full.map((line) => line[i].length)));
  const cell = (text, i) => (i === 0 || i === widths.length - 1 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return lines.map((line) => (line.length > 1 ? line.map(cell).join('  ').trimEnd() : line.join(''))).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [samples, path] = process.argv.slice(2), result = JSON.parse(readFileSync(samples, 'utf8'));
  if (path) write(result, path);
  else console.log(text(result));
}
