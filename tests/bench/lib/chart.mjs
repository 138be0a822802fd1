// A picture of cost over size: one line per contender, both axes logarithmic, as SVG without script or style of its own.
import { FLOOR, count, order } from './measures.mjs';
import { summary } from './statistics.mjs';
import { escape } from './escape.mjs';

const WIDTH = 480, HEIGHT = 340;
const PLOT = { left: 62, right: 352, top: 14, bottom: 296 };
const LINE_HEIGHT = 12;

/** A figure of one measure; nothing if there are not two sizes. */
export function chart(result, { key, title, unit, factor = 1 }) {
  const series = order(result.contenders)
    .filter((name) => !result.contenders[name].control)
    .map((name) => ({ name, kind: kind(result.contenders[name], name), points: points(result, name, key, factor) }))
    .filter(({ points }) => points.length > 1);
  if (series.length < 2) return '';
  const values = series.flatMap(({ points }) => points.map(([, value]) => value));
  const x = scale(result.sizes, PLOT.left, PLOT.right), y = scale(values, PLOT.bottom, PLOT.top);
  const id = key.replaceAll('.', '-');
  return `<figure>
<figcaption>${escape(title)}, in ${unit}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${escape(title)} over the number of articles</title>
<desc id="${id}-text">${escape(description(series, unit))}</desc>
${grid(result.sizes, values, x, y)}
${[...series].reverse().map((one) => line(one, x, y)).join('\n')}
${labels(series, x, y)}
</svg>
</figure>`;
}

function points({ sizes, contenders }, name, key, factor) {
  return sizes.flatMap((size) => {
    const cell = summary(contenders[name].sizes[size]?.samples[key]);
    return cell && cell.median > 0 ? [[size, cell.median * factor]] : [];
  });
}

const kind = ({ isOurs }, name) => (isOurs ? 'ours' : name === FLOOR ? 'floor' : 'peer');

function scale(values, from, to) {
  const low = Math.log10(Math.min(...values)), span = Math.log10(Math.max(...values)) - low || 1;
  return (value) => from + ((Math.log10(value) - low) / span) * (to - from);
}

/** 1, 2 and 5 times the powers of ten; only the powers where they are enough. */
function ticks(values) {
  const low = Math.min(...values), high = Math.max(...values);
  const powers = Array.from({ length: 12 }, (_, i) => 10 ** (i - 3));
  const within = (list) => list.filter((tick) => tick >= low && tick <= high);
  const few = within(powers);
  return few.length > 3 ? few : within(powers.flatMap((power) => [power, 2 * power, 5 * power]));
}

function grid(sizes, values, x, y) {
  const across = ticks(values).map((tick) => {
    const at = y(tick).toFixed(1);
    return `<path class="grid" d="M${PLOT.left} ${at}H${PLOT.right}"/><text x="${PLOT.left - 8}" y="${at}" dy="4" text-anchor="end">${Number(tick.toPrecision(3)).toLocaleString('en-US')}</text>`;
  });
  const along = sizes.map((size) => `<text x="${x(size).toFixed(1)}" y="${PLOT.bottom + 20}" text-anchor="middle">${count(size)}</text>`);
  const name = `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 38}" text-anchor="middle">articles</text>`;
  return [...across, ...along, name].join('\n');
}

function line({ kind, points }, x, y) {
  const places = points.map(([size, value]) => `${x(size).toFixed(1)} ${y(value).toFixed(1)}`);
  const dots = kind === 'peer' ? '' : places.map((place) => `<circle class="${kind}" r="3.5" cx="${place.split(' ')[0]}" cy="${place.split(' ')[1]}"/>`).join('');
  return `<path class="line ${kind}" d="M${places.join('L')}"/>${dots}`;
}

/** Names at the ends of lines, each as near as the others allow: beside those of full length, above shorter ones. */
function labels(series, x, y) {
  const ends = series.map(({ name, kind, points }) => ({ name, kind, size: points.at(-1)[0], at: y(points.at(-1)[1]) }));
  const right = Math.max(...ends.map(({ size }) => size));
  return [...new Set(ends.map(({ size }) => size))].flatMap((size) => {
    const column = ends.filter((end) => end.size === size).sort((a, b) => a.at - b.at);
    column.forEach((end, i) => { end.at = Math.max(end.at, i ? column[i - 1].at + LINE_HEIGHT : PLOT.top); });
    for (let i = column.length - 1, limit = PLOT.bottom; i >= 0; i--) {
      column[i].at = Math.min(column[i].at, limit);
      limit = column[i].at - LINE_HEIGHT;
    }
    return column.map(({ name, kind, at }) => (size === right ? label(name, kind, PLOT.right + 10, at + 4, 'start') : label(name, kind, x(size), at - 6, 'middle')));
  }).join('\n');
}

const label = (name, kind, x, y, anchor) => `<text class="name ${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escape(name)}</text>`;

function description(series, unit) {
  return series.map(({ name, points }) => `${name}: ${points.map(([size, value]) => `${number(value)} at ${count(size)}`).join(', ')}.`).join(' ') + ` All in ${unit}.`;
}
const number = (value) => Number(value.toPrecision(3)).toLocaleString('en-US');
