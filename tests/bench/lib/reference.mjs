// The right answers, computed in plain node, slowly and simply on purpose.
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** How many tags of a selection are checked: the most frequent ones. */
const CHECKED_TAGS = 5;
export const PAGE = 20;
/** Articles of the bundle's beginning among which the first teasers are, unless all have been read. */
const BEGINNING = 400;

/** What the contenders have to show for a bundle, and the tags to click on. */
export function answers(feed) {
  const newest = sorted(feed.items);
  const all = counted(newest);
  // A tag with the smallest count of at least 3, so that the result is more than an accident.
  const rare = all.filter(([, count]) => count >= 3).at(-1) ?? all.at(-1);
  const frequent = all[0][0], two = [all[0][0], all[3][0]];
  const select = (tags) => {
    const found = newest.filter((article) => tags.every((tag) => article.tags.includes(tag)));
    return {
      tags,
      count: found.length,
      titles: found.slice(0, PAGE).map((article) => article.title),
      tagCounts: counted(found).slice(0, CHECKED_TAGS),
    };
  };
  return {
    articles: newest.length,
    tags: all.length,
    all: select([]),
    frequent: select([frequent]),
    rare: select([rare[0]]),
    two: select(two),
    beginning: feed.items.slice(0, BEGINNING).map(({ title, date_published }) => ({ title, date_published })),
    twoPages: newest.slice(0, 2 * PAGE).map((article) => article.title),
  };
}

const sorted = (articles) => [...articles].sort((a, b) => compare(b.date_published, a.date_published));

/** Whether these are the newest of all articles, or of the bundle up to the last of them. */
export function areNewest(titles, { all, beginning }) {
  const isSame = (wanted) => titles.length === wanted.length && titles.every((title, i) => title === wanted[i]);
  if (isSame(all.titles)) return true;
  const places = titles.map((title) => beginning.findIndex((article) => article.title === title));
  if (titles.length < PAGE || places.includes(-1)) return false;
  return isSame(sorted(beginning.slice(0, Math.max(...places) + 1)).slice(0, PAGE).map(({ title }) => title));
}

/** Tags with their counts, most frequent first. */
function counted(articles) {
  const counts = new Map();
  for (const article of articles) for (const tag of new Set(article.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
}
