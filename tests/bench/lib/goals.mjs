// What the project wants to reach, and how far a run says it has.
import { FLOOR, LEAST_ROUNDS, count, times } from './measures.mjs';

const PROFILES = [['plain', ''], ['cpu4', ', CPU 4 times slower'], ['net', ', slow line']];
const CLICKED = ['first.frequent', 'later.frequent', 'first.rare', 'later.rare', 'first.two', 'later.two', 'first.frequent4'];
/** Every size has the same goal. */
const any = (sizes, most) => Object.fromEntries(sizes.map((size) => [size, most]));

/**
 * A goal is `{ title, key, most, of }`: `most` says by size what the measure `key` may be at most, as a multiple of the
 * floor's, of our own with so many articles (`of`), or, where it is 0, as it is.
 */
function wanted(sizes) {
  const cold = (title, moment, most, of) => PROFILES.map(([profile, words]) => ({ title: title + words, key: `cold.${profile}.${moment}`, most, of }));
  return [
    { title: 'Code to load, in bytes', key: 'shown', most: { any: 40_000 } },
    ...cold('First 20 teasers, of the floor', 'first', { 100: 1, 1000: 1 }),
    ...cold('First 20 teasers, of those at 1,000', 'first', { 10_000: 1, 100_000: 1 }, 1000),
    ...cold('Complete, of the floor', 'complete', { 1000: 1, 10_000: 0.85, 100_000: 0.5 }),
    ...PROFILES.slice(0, 2).flatMap(([profile, words]) => [
      { title: `Main thread blocked${words}`, key: `cold.${profile}.blocked`, most: { 100: 0, 1000: 0, 10_000: 0 } },
      { title: `Main thread blocked, of the floor${words}`, key: `cold.${profile}.blocked`, most: { 100_000: 0.1 } },
    ]),
    ...CLICKED.map((click) => ({ key: `${click}.paint`, most: any(sizes, 1) })),
    { title: 'Memory, of the floor', key: 'memory.total', most: { 100_000: 0.65 } },
  ];
}

/**
 * `{ title, cells: [{ size, goal, found, verdict }] }` for each goal that the run has measured. It is reached where the
 * median is no more, missed where the first quartile is more and there were enough rounds, and else open.
 */
export function goals({ contenders, sizes }, rows) {
  const ours = Object.keys(contenders).find((name) => contenders[name].isOurs);
  const cellsOf = (key, size) => rows.find((row) => row.key === key && (row.size ?? 'any') === size);
  const lines = wanted(sizes).map(({ title, key, most, of }) => {
    const cells = Object.entries(most).flatMap(([size, limit]) => {
      const row = cellsOf(key, size === 'any' ? size : Number(size)), own = row?.cells[ours];
      const base = of ? cellsOf(key, of)?.cells[ours] : row?.cells[FLOOR];
      if (!own || !base) return [];
      const isPlain = limit === 0 || size === 'any' || base.median === 0, by = isPlain ? 1 : base.median;
      const show = size === 'any' ? count : isPlain ? row.format : times;
      const verdict = own.median <= limit * by ? 'reached' : own.n >= LEAST_ROUNDS && own.q1 > limit * by ? 'missed' : 'open';
      return [{ size, goal: show(limit), found: show(own.median / by), verdict }];
    });
    return { title: title ?? `Click, of the floor: ${rows.find((row) => row.key === key)?.label}`, cells };
  });
  return lines.filter(({ cells }) => cells.length);
}
