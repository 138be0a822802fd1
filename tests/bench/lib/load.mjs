// How much of the machine other processes use (Linux; elsewhere always 0). A round that shared the cores with a
// compiler is thrown away.
import { readFileSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';

const TICKS_PER_SECOND = 100;
/** Ours once, ours for ever: children of a browser that ends pass to init. */
const ours = new Set([process.pid]);

function snapshot() {
  const processes = new Map();
  let ids = [];
  try { ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)); } catch {}
  for (const id of ids) {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
      // Its own time and that of children it has reaped; init reaps our ended browsers.
      const time = fields[11] + fields[12] + (Number(id) > 1 ? fields[13] + fields[14] : 0);
      processes.set(Number(id), { parent: fields[1], time });
    } catch {} // ended meanwhile
  }
  const isOurs = (id) => {
    if (ours.has(id)) return true;
    const parent = processes.get(id)?.parent ?? 0;
    if (parent <= 1 || !isOurs(parent)) return false;
    ours.add(id);
    return true;
  };
  let foreign = 0;
  for (const [id, { time }] of processes) if (!isOurs(id)) foreign += time;
  return { at: performance.now(), foreign };
}

/** Starts measuring; the function it gives back says the share of the whole machine since then, 0 to 1. */
export function foreignMeter() {
  const start = snapshot();
  return () => {
    const end = snapshot(), seconds = (end.at - start.at) / 1000;
    return Math.min(1, Math.max(0, (end.foreign - start.foreign) / TICKS_PER_SECOND / seconds / cpus().length));
  };
}

/** Waits until others use no more than `limit`, or so many seconds. */
export async function untilQuiet(limit, seconds) {
  const start = Date.now();
  for (let isSaid = false; Date.now() - start < seconds * 1000;) {
    const meter = foreignMeter();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const share = meter();
    if (share <= limit) return;
    if (!isSaid) console.log(`  waiting: other processes use ${(share * 100).toFixed(0)} % of the machine`);
    isSaid = true;
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}
