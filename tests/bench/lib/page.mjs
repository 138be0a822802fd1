// The result as a static page of the demo: text, pictures and tables, dressed by www/site.css.
import { chart } from './chart.mjs';
import { escape } from './escape.mjs';
import { goals } from './goals.mjs';
import { FLOOR, betterThan, count, format, isBetter, order, quartiles, roundsOf, table, times, value } from './measures.mjs';

const CHARTS = [
  { key: 'cold.plain.complete', title: 'Navigation to complete, cold', unit: 'milliseconds' },
  { key: 'cold.net.first', title: 'Navigation to first 20 teasers, slow line', unit: 'milliseconds' },
  { key: 'first.frequent.paint', title: 'First click on a frequent tag', unit: 'milliseconds' },
  { key: 'memory.total', title: 'Memory after loading', unit: 'MiB', factor: 1 / 2 ** 20 },
];

export function page(result) {
  const rows = table(result);
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Stichwort: benchmark</title>
  <link rel="icon" href="icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="site.css">
</head>
<body class="benchmark">
<header class="masthead">
  <div class="masthead-line">
    <h1 class="name">What a visitor waits for</h1>
    <p class="tagline">Stichwort, measured against a floor and its peers</p>
  </div>
</header>
<main>
${intro(result)}
<h2>Where Stichwort wins and loses</h2>
${losses(result, rows)}
${goalsTable(result, rows)}<h2>Cost over size</h2>
<p>Both axes are logarithmic. The numbers behind the lines stand in the table.</p>
<div class="charts">
${CHARTS.map((one) => chart(result, one)).filter(Boolean).join('\n')}
</div>
<h2 id="ratios">Ratios to the floor</h2>
${ratios(result, rows)}
${finding(result)}<h2 id="bytes">Bytes on the line</h2>
${bytesTable(result)}
<h2>Who took part</h2>
${participants(result)}
<h2>How it is measured</h2>
${method(result)}
</main>
<footer class="footer">
  <div class="footer-line">
    <p>Made by <code>cargo xtask bench</code>. MIT or Apache-2.0.</p>
    <nav aria-label="Demo pages"><ul class="links"><li><a href="index.html" hreflang="de">Demo</a></li></ul></nav>
  </div>
</footer>
</body>
</html>
`;
}

function intro({ date, machine, browser, node, rounds, isQuick, isFirstChecked, profiles, sizes, discarded, noisy, noise, minutes, problems, contenders }) {
  const { cpu, cores, gigabytes, system } = machine;
  const ours = Object.values(contenders).find(({ isOurs }) => isOurs);
  const paragraphs = [
    `The floor is a page of plain JavaScript, written by hand for this one job: it fetches the same bundle, calls <code>JSON.parse</code>, shows 20 teasers and 30 tags with counts, and filters. No library stands between it and the browser, and it can do nothing else. The peers are libraries that a web team might take instead, each used as its own documentation recommends.`,
    `Measured on ${escape(date.slice(0, 10))} with ${escape(browser)} and Node.js ${escape(node)} on ${cores} cores (${escape(cpu)}, ${gigabytes} GB, ${escape(system)})${ours?.version ? `, Stichwort at commit ${escape(ours.version)}` : ''}: ${roundsOf({ rounds })} in ${minutes.toFixed(0)} minutes. Other machines give other times; the ratios travel better. Repeat it with <code>cargo xtask bench</code>.`,
  ];
  if (isQuick) paragraphs.push('<strong>This is a quick run: too few rounds and sizes to be quoted.</strong>');
  const missing = [['cpu4', 'the CPU four times slower'], ['net', 'the slow line']].filter(([name]) => !profiles.includes(name));
  if (!isQuick && (Math.min(...Object.values(rounds).map(({ length }) => length)) < 7 || missing.length)) {
    const without = missing.length ? `, without ${missing.map(([, words]) => words).join(' and ')}` : '';
    paragraphs.push(`<strong>This is a short run: ${roundsOf({ rounds })} at ${sizes.map(count).join(', ')} articles${without}. A full one has 7 rounds and all of these.</strong>`);
  }
  if (noisy) paragraphs.push(`<strong>In ${noisy} of the measured rounds other processes used more than ${(noise * 100).toFixed(0)} % of the machine: small differences mean nothing.</strong>`);
  else paragraphs.push(`Rounds in which other processes used more than ${(noise * 100).toFixed(0)} % of the machine were thrown away and repeated (${discarded}).`);
  paragraphs.push(problems.length
    ? `<strong>Not all contenders showed what they should</strong>: ${problems.map(escape).join('; ')}.`
    : 'In each round, after its first load and after each kind of click, each contender had to show the right number of matches, the right headlines in the right order, and true counts wherever it shows counts. All did.' + (isFirstChecked ? ' Whoever shows teasers before the bundle has come had to show, on its second visit, the newest of the bundle up to the last one shown.' : ''));
  return paragraphs.map((text, i) => `<p class="${i ? 'prose' : 'intro'}">${text}</p>`).join('\n');
}

/** How many rows we win, and every row in which the floor or a peer is clearly better. */
function losses({ contenders }, rows) {
  const ours = Object.keys(contenders).find((name) => contenders[name].isOurs);
  const own = rows.filter(({ cells }) => cells[ours] && cells[FLOOR]);
  if (!own.length) return '<p class="prose">Stichwort did not take part in this run.</p>';
  const rivals = (row) => betterThan(ours, row, contenders);
  const peers = (row) => rivals(row).filter((name) => name !== FLOOR);
  const toFloor = own.filter((row) => rivals(row).includes(FLOOR));
  const toPeers = own.filter((row) => peers(row).length);
  const won = own.filter(({ cells }) => isBetter(cells[ours], cells[FLOOR])).length;
  const head = `<p class="prose">Of ${own.length} rows of <a href="#ratios">the table</a>, Stichwort is clearly better than the floor in ${won} and clearly worse in ${toFloor.length}; in the other ${own.length - won - toFloor.length} their quartiles overlap, or there were too few rounds.`;
  const cost = ({ cells, format }) => {
    const { ratio, median } = cells[ours];
    return ratio ? times(ratio.median) : `${format(median)} against ${format(cells[FLOOR].median)}`;
  };
  return `${head}${toFloor.length ? ' It takes this multiple of the floor:' : ''}</p>
${lossList(toFloor, cost)}
${toPeers.length ? '<p class="prose">These peers are clearly better than Stichwort, the best first:</p>' : ''}
${lossList(toPeers, (row) => peers(row).map(escape).join(', '))}`;
}

/** What the project wants to reach, and what it has. */
function goalsTable(result, rows) {
  const all = goals(result, rows), cells = all.flatMap(({ cells }) => cells);
  if (!cells.length) return '';
  const number = (verdict) => cells.filter((cell) => cell.verdict === verdict).length;
  const columns = ['any', ...result.sizes.map(String)];
  const say = (cell) => (cell ? `<td>${escape(cell.found)}<small>${cell.verdict === 'reached' ? '' : `<strong class="loses">${cell.verdict}</strong>, `}goal ${escape(cell.goal)}</small></td>` : '<td>–</td>');
  const lines = all.map(({ title, cells }) =>
    `<tr><th scope="row">${escape(title)}</th>${columns.map((size) => say(cells.find((cell) => cell.size === size))).join('')}</tr>`);
  return `<h2 id="goals">What it is to reach</h2>
<p class="prose">Of ${cells.length} goals of the project that this run has measured, ${number('reached')} are reached and ${number('missed')} missed. ${number('open')} are open: the median is above, the first quartile is not, or there were too few rounds. Medians; the goal stands below.</p>
${region('goals', `<table>\n<thead><tr>${['', 'any size', ...result.sizes.map(count)].map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>`)}
`;
}

/** One item for each group, one line for each measure, and what `say` says for each size. */
function lossList(rows, say) {
  if (!rows.length) return '';
  const items = [...grouped(rows, ({ group }) => group)].map(([group, list]) => {
    const lines = [...grouped(list, ({ label }) => label)].map(([label, list]) =>
      `${escape(label)}: ${list.map((row) => say(row) + (row.size ? ` at ${count(row.size)}` : '')).join('; ')}`);
    return `<li><strong>${escape(group)}</strong><br>${lines.join('<br>')}</li>`;
  });
  return `<ul class="losses">\n${items.join('\n')}\n</ul>`;
}

function ratios({ contenders }, rows) {
  const names = order(contenders), ours = names.find((name) => contenders[name].isOurs);
  const head = `<tr><th scope="col">articles</th>${names.map((name) => `<th scope="col">${escape(name)}</th>`).join('')}</tr>`;
  const bodies = [...grouped(rows, ({ group, label }) => `${group}: ${label}`)].map(([title, list]) => {
    const heading = `<tr><th colspan="${names.length + 1}" scope="rowgroup">${escape(title)}</th></tr>`;
    return `<tbody>\n${heading}\n${list.map((row) => ratioRow(row, names, ours, contenders)).join('\n')}\n</tbody>`;
  });
  return `<p class="prose">Medians, with the quartiles below. The floor's column holds its own values, the others what multiple of it they take: below 1 is better. “loses” marks where the floor is clearly better than Stichwort: their quartiles do not overlap. Where the floor has nothing to divide by, all cells hold values. A dash: not measured.</p>
${region('ratios', `<table>\n<thead>${head}</thead>\n${bodies.join('\n')}\n</table>`)}`;
}

function ratioRow(row, names, ours, contenders) {
  const cells = names.map((name) => {
    const cell = row.cells[name];
    if (!cell) return '<td>–</td>';
    const own = name === FLOOR ? { ...cell, ratio: undefined } : cell;
    const mark = name === ours && betterThan(ours, row, contenders).includes(FLOOR) ? ' <strong class="loses">loses</strong>' : '';
    const range = quartiles(row, own);
    return `<td${name === ours ? ' class="ours"' : ''}>${value(row, own)}${mark}${range ? `<small>${range}</small>` : ''}</td>`;
  });
  return `<tr><th scope="row">${row.size ? count(row.size) : 'any'}</th>${cells.join('')}</tr>`;
}

/** What finding takes, if the run has measured it. */
function finding({ finding }) {
  if (!finding) return '';
  const table = (id, title, { heads, lines }) => {
    const head = ['articles', ...heads].map((text) => `<th scope="col">${escape(text.replace('cpu4', 'CPU 4 times slower'))}</th>`).join('');
    const body = lines.map(([what, cells]) => `<tr><th scope="row">${escape(what.replace(/^ +/, '– '))}</th>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`);
    return `<h3 id="${id}">${title}</h3>\n${region(id, `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`)}`;
  };
  return `<h2>Finding things</h2>
<p class="prose">Milliseconds, beside a scan of everything. The program's core alone was compiled for this machine; in the browser a key or a click has been answered when the document is changed. Each column is of bundles of its own kind: core's are those of <code>cargo xtask sample</code>, the browser's those of the table above. The browser's are medians of ${finding.rounds} fresh browsers, and each answer is held against a scan. They were measured on ${escape(finding.date.slice(0, 10))}${finding.commit ? ` at commit ${escape(finding.commit)}` : ''}${finding.noisy ? `; for ${finding.noisy} of them the machine did not get quiet` : ''}.</p>
${table('core', 'Core alone', finding.core)}
${table('in-browser', 'In the browser', finding.browser)}
`;
}

function bytesTable({ contenders, bundles, sizes }) {
  const names = order(contenders).filter((name) => contenders[name].payload);
  const head = ['contender', 'code, brotli', 'with a click: raw', 'gzip', 'brotli', ...sizes.map((size) => `data for ${count(size)}`)];
  const lines = names.map((name) => {
    const { shown, payload, sizes: own } = contenders[name];
    const data = sizes.map((size) => (own[size]?.dataBytes ? format.bytes(own[size].dataBytes) : '–'));
    return `<tr><th scope="row">${escape(name)}</th>${[shown?.brotli ?? 0, payload.raw, payload.gzip, payload.brotli].map((n) => `<td>${count(n)}</td>`).join('')}${data.map((text) => `<td>${text}</td>`).join('')}</tr>`;
  });
  const raw = sizes.map((size) => `${count(size)} articles are ${format.bytes(bundles[size].raw)} of JSON, ${format.bytes(bundles[size].brotli)} by brotli, with ${count(bundles[size].tags)} tags`);
  return `<p class="prose">Code is what a contender loads until its list shows, and until after its first click: scripts, style sheets, Wasm. Data is what travels for the same, by brotli. ${raw.join('; ')}.</p>
${region('bytes', `<table>\n<thead><tr>${head.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>`)}`;
}

function participants({ contenders }) {
  const items = order(contenders).map((name) => {
    const { version, note, largest, sizes } = contenders[name];
    const failed = Object.entries(sizes).filter(([, { failed }]) => failed).map(([n, { failed }]) => `Failed at ${count(Number(n))}: ${failed}.`);
    const limit = largest ? `Measured up to ${count(largest)} articles.` : '';
    return `<dt>${escape(name)}${version ? ` ${escape(version)}` : ''}</dt><dd>${escape([note, limit, ...failed].filter(Boolean).join(' '))}</dd>`;
  });
  return `<dl class="dates">\n${items.join('\n')}\n</dl>`;
}

function method({ bundles, sizes }) {
  const clicks = sizes.map((size) => `at ${count(size)} articles ${count(bundles[size].frequent)}, ${count(bundles[size].rare)} and ${count(bundles[size].two)}`);
  return `<ul class="prose">
<li>Each contender and round has a fresh browser. In a round all run, in shuffled order. All get the same bundle from a server on the same machine, compressed by brotli.</li>
<li>Painted means: the frame that shows it has gone through style, layout and paint.</li>
<li>Cold is a fresh profile; warm is the third visit and those after it. A slow line has 8 Mbit/s and 60 ms from end to end and back; as over HTTP/1.1, a request is one round trip and a new connection two. The browser's cache does not keep the bundle of 100,000 articles: it travels again. A CPU 4 times slower is the browser's own emulation: it slows the page's thread, not its workers, nor the threads on which the browser compiles Wasm and scripts, which spares Stichwort more than others.</li>
<li>Clicks: the most frequent tag, a rare one, and the second of two; they leave ${clicks.join('; ')} articles. The first click is what a visitor feels, later ones (the median of 3) find optimised code. They call what a visitor's click calls, inside a frame, so that no wait for the next one is counted. No pointer has come near before: Stichwort loads the rest of itself only after the first click has been painted, and where one has, before; that stands under “Finding things”. A rare tag stands in nobody's list of 30: in Stichwort it is chosen by its attribute <code>tags</code>.</li>
<li>Memory is <code>performance.measureUserAgentSpecificMemory</code> on the second visit, after garbage collection (JavaScript, document, workers), and what the page's Wasm programs work in, which that leaves out. Pagefind's Wasm runs in a worker and is not seen: its number is too small.</li>
<li>Blocked is what tasks of more than 50 ms take beyond 50 ms, from navigation to complete.</li>
<li>Differences of less than 15 ms in loading up to 10,000 articles, and of less than 60 ms at 100,000, are noise on a small machine, though they may count as clear here: that quartiles do not overlap says that a difference comes again in this run, not that it matters.</li>
<li>The text is made up and compresses better than real news: data is on the small side for all alike.</li>
</ul>`;
}

const region = (id, content) => `<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">\n${content}\n</div>`;

/** As Map.groupBy, which Node.js 20 lacks. */
function grouped(list, key) {
  const groups = new Map();
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
