// One page of one contender, from navigation until it is complete, and clicks in it.
import { readFileSync } from 'node:fs';

const PROBE = readFileSync(new URL('probe.js', import.meta.url), 'utf8');
const VIEWPORT = { width: 1280, height: 900 };
/** What a page may suffer from; `plain` is nothing. */
export const PROFILES = {
  plain: {},
  cpu4: { slowdown: 4 },
  net: { line: { roundTrip: 60, bytesPerSecond: 1_000_000 } }, // 8 Mbit/s, 60 ms
};

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Gives up waiting after so many seconds. */
export function capped(promise, seconds) {
  let timer;
  const over = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`over ${seconds} s`)), seconds * 1000); });
  return Promise.race([promise, over]).finally(() => clearTimeout(timer));
}

/** Opens pages in fresh or used contexts of one browser. */
export class Visitor {
  constructor({ browser, server, idle, cap }) {
    Object.assign(this, { browser, server, idle, cap });
  }

  context() {
    return this.browser.newContext({ viewport: VIEWPORT });
  }

  /** Wakes the browser's processes with a neutral page. */
  async wake() {
    const context = await this.context(), page = await context.newPage();
    await page.goto(this.server.origin + '/warm-up');
    await sleep(200);
    await context.close();
  }

  /** Loads a contender until it is complete; gives back the page and what the probe measured. */
  async visit(context, address, profile = 'plain') {
    const { slowdown = 1, line = null } = PROFILES[profile];
    const page = await context.newPage(), errors = [];
    page.on('pageerror', (error) => errors.push(String(error).slice(0, 300)));
    const crashed = new Promise((_, reject) => page.on('crash', () => reject(new Error('the page crashed'))));
    crashed.catch(() => {});
    const run = (what, argument) => capped(Promise.race([page.evaluate(what, argument), crashed]), this.cap);
    await page.addInitScript(PROBE);
    const devtools = await context.newCDPSession(page);
    if (slowdown !== 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    // A new page's own start, and the end of the one before, must not share the cores with the load.
    await sleep(this.idle);
    this.server.line = line;
    try {
      const loaded = page.goto(this.server.origin + address, { waitUntil: 'commit', timeout: this.cap * 1000 });
      await capped(Promise.race([loaded, crashed]), this.cap);
      const start = await run(() => window.__bench.start());
      return { page, devtools, run, errors, start, close: () => capped(page.close(), 20) };
    } catch (error) {
      if (errors.length) error.message += ` | ${errors.join(' | ')}`;
      throw error;
    } finally {
      this.server.line = null;
    }
  }
}

/** One timed click; the pause lets the page finish what it does afterwards. */
export async function click(page, tag, name = 'toggleTag') {
  const times = await page.run(([tag, name]) => window.__bench.click(tag, name), [tag, name]);
  await sleep(40);
  return times;
}
