// One round of one contender: every load and every click that is measured, and the checks of what they show.
import { click, sleep } from './visit.mjs';
import { areNewest } from './reference.mjs';
import { summary } from './statistics.mjs';

/** How often the later clicks are repeated; their median counts. */
const REPEATS = 3;

/**
 * Gives back `values` (key -> number), `problems` (what differs from the right answers) and `shown` and `sent` (requests
 * of the first load, and of it and a click). Keys: `cold.PROFILE.MOMENT`, `warm.PROFILE.MOMENT`, `first.TAG.MOMENT`, `later.TAG.MOMENT`,
 * `memory.KIND`.
 */
export async function round(visitor, contender, address, answers, { profiles, log }) {
  const values = {}, problems = [];
  const put = (prefix, numbers) => {
    for (const [name, value] of Object.entries(numbers)) if (value !== null) values[`${prefix}.${name}`] = value;
  };

  const used = await visitor.context();
  log.length = 0;
  const cold = await visitor.visit(used, address);
  put('cold.plain', cold.start);
  let shown = [], sent = [];
  if (isClicked(contender)) {
    await sleep(300);
    shown = [...log];
    await checkState(cold, contender, 'at first', answers.all, problems);
    await clicks(cold, contender, answers, put, problems, () => { sent = [...log]; });
    problems.push(...(await cold.errors()).slice(0, 1));
  }
  await cold.close();

  // The second load fills the browser's caches; it is the third that is warm.
  const second = await visitor.visit(used, address, 'plain', contender.control ? null : teaserOf(contender));
  if (!contender.control) {
    const first = await second.run(() => window.__bench.firstTitles);
    // Whoever shows them only when all is there has been checked.
    if (first && !areNewest(first, answers)) problems.push(`at the very first: "${first[0]}" and others are not the newest`);
    put('memory', await memory(second));
  }
  await second.close();
  for (const profile of profiles) {
    const warm = await visitor.visit(used, address, profile);
    put(`warm.${profile}`, warm.start);
    await warm.close();
  }
  await used.close();

  for (const profile of profiles.filter((profile) => profile !== 'plain')) {
    const context = await visitor.context();
    const slow = await visitor.visit(context, address, profile);
    put(`cold.${profile}`, slow.start);
    if (profile === 'cpu4' && isClicked(contender)) {
      await sleep(500);
      put('first.frequent4', await click(slow, answers.frequent.tags[0]));
    }
    await context.close();
  }
  return { values, problems, shown, sent };
}

/** Whether there is something to click on; a control that was recorded shows no right answers, but the document of one. */
const isClicked = ({ control, isRecorded }) => !control || isRecorded;

/** All clicks of a round, in their order; without the last arguments nobody wants to know what they take. */
export async function clicks(page, contender, answers, put = () => {}, problems = [], afterOne = () => {}) {
  await firstClicks(page, contender, answers, put, problems, afterOne);
  await laterClicks(page, answers, put);
}

/** Each kind of click for the first time in a page, as a visitor's are. */
async function firstClicks(page, contender, answers, put, problems, afterOne) {
  const check = (what, answer) => checkState(page, contender, what, answer, problems);
  const [frequent] = answers.frequent.tags, [rare] = answers.rare.tags, [one, other] = answers.two.tags;
  put('first.frequent', await click(page, frequent));
  await sleep(60);
  afterOne();
  await check('after a click on a frequent tag', answers.frequent);
  await click(page, frequent);
  put('first.rare', await click(page, rare));
  await check('after a click on a rare tag', answers.rare);
  await click(page, rare);
  await click(page, one);
  put('first.two', await click(page, other));
  await check('after clicks on two tags', answers.two);
  await click(page, one);
  await click(page, other);
  await check('after all tags are let go', answers.all);
  await click(page, null, 'showMore');
  if (contender.control) return;
  const { titles } = await page.run(([selector]) => window.__bench.state([], selector), [teaserOf(contender)]);
  if (titles.join('\n') !== answers.twoPages.join('\n')) problems.push(`after "more": ${difference(titles, answers.twoPages)}`);
}

async function laterClicks(page, answers, put) {
  // Whoever chooses a tag sees it. "More" may have gone elsewhere with the focus.
  await page.run(() => scrollTo(0, 0));
  await sleep(100);
  const times = {};
  const [frequent] = answers.frequent.tags, [rare] = answers.rare.tags, [one, other] = answers.two.tags;
  for (let i = 0; i < REPEATS; i++) {
    for (const [kind, before, tag] of [['frequent', null, frequent], ['rare', null, rare], ['two', one, other]]) {
      if (before) await click(page, before);
      for (const [moment, time] of Object.entries(await click(page, tag))) ((times[kind] ??= {})[moment] ??= []).push(time);
      await click(page, tag);
      if (before) await click(page, before);
    }
  }
  for (const [kind, moments] of Object.entries(times)) {
    put(`later.${kind}`, Object.fromEntries(Object.entries(moments).map(([moment, series]) => [moment, summary(series).median])));
  }
}

async function memory(page) {
  await sleep(500);
  for (let i = 0; i < 2; i++) await page.send('HeapProfiler.collectGarbage');
  return { ...await page.run(() => window.__bench.memory()), elements: await page.run(() => window.__bench.elements()) };
}

const teaserOf = (contender) => contender.teaser ?? '.teaser';

/** Notes what differs from the right answer; a count that a contender does not know (null) is no mistake. */
async function checkState(page, contender, when, answer, problems) {
  if (contender.control) return;
  const tags = answer.tagCounts.map(([tag]) => tag);
  const state = await page.run(([tags, selector]) => window.__bench.state(tags, selector), [tags, teaserOf(contender)]);
  const problem = (text) => problems.push(`${when}: ${text}`);
  if (state.count !== answer.count) problem(`${state.count} matches instead of ${answer.count}`);
  if (state.titles.join('\n') !== answer.titles.join('\n')) problem(difference(state.titles, answer.titles));
  if (!state.isWhole) problem('a teaser lacks link, date or lead');
  answer.tagCounts.forEach(([tag, count], i) => {
    const counted = state.tagCounts[i];
    if (counted !== null && counted !== count) problem(`tag "${tag}" has ${counted} instead of ${count}`);
  });
}

function difference(found, wanted) {
  const at = wanted.findIndex((title, i) => found[i] !== title);
  return `${found.length} headlines instead of ${wanted.length}, number ${at + 1} is "${found[at]}" instead of "${wanted[at]}"`;
}
