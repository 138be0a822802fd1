// One page of one contender, from navigation until it is complete, and clicks in it.
import { readFileSync } from 'node:fs';
import { capped } from './browser.mjs';

const PROBE = readFileSync(new URL('probe.js', import.meta.url), 'utf8');
const VIEWPORT = { width: 1280, height: 900 };
/** What a page may suffer from; `plain` is nothing. */
export const PROFILES = {
  plain: {},
  cpu4: { slowdown: 4 },
  net: { line: { roundTrip: 60, bytesPerSecond: 1_000_000 } }, // 8 Mbit/s, 60 ms
};

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Opens pages in fresh or used contexts of one browser. */
export class Visitor {
  constructor({ browser, server, idle, cap }) {
    Object.assign(this, { browser, server, idle, cap });
  }

  /** A fresh context, which shares neither cache nor anything else with others. */
  async context() {
    const { browserContextId } = await this.browser.send('Target.createBrowserContext');
    return { id: browserContextId, close: () => this.browser.send('Target.disposeBrowserContext', { browserContextId }) };
  }

  /** An empty page, in front and of the same size everywhere; `send` gives it commands. */
  async #page(context) {
    const { targetId } = await this.browser.send('Target.createTarget', { url: 'about:blank', browserContextId: context.id });
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const send = (name, params) => this.browser.send(name, params, sessionId);
    const crashed = this.browser.once('Inspector.targetCrashed', sessionId).then(() => { throw new Error('the page crashed'); });
    crashed.catch(() => {});
    await Promise.all([
      send('Page.enable'),
      send('Inspector.enable'),
      send('Emulation.setFocusEmulationEnabled', { enabled: true }),
      send('Emulation.setDeviceMetricsOverride', { ...VIEWPORT, deviceScaleFactor: 1, mobile: false }),
    ]);
    const within = (promise) => capped(Promise.race([promise, crashed]), this.cap);
    return {
      send,
      /** Returns as soon as the answer has begun to come. */
      async open(address) {
        const { errorText } = await within(send('Page.navigate', { url: address }));
        if (errorText) throw new Error(`${address}: ${errorText}`);
      },
      /** What a function returns in the page, where it knows its argument and nothing else. */
      async run(what, argument = null) {
        const expression = `(${what})(${JSON.stringify(argument)})`;
        const { result, exceptionDetails: failure } =
          await within(send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }));
        if (failure) throw new Error(failure.exception?.description ?? failure.text);
        return result.value;
      },
      close: () => capped(this.browser.send('Target.closeTarget', { targetId }), 20),
    };
  }

  /** Wakes the browser's processes with a neutral page. */
  async wake() {
    const context = await this.context(), page = await this.#page(context);
    await page.open(this.server.origin + '/warm-up');
    await sleep(200);
    await context.close();
  }

  /**
   * Loads a contender until it is complete; gives back the page and what the probe measured. With a selector of `teasers`
   * the titles that are shown first are noted, which takes time.
   */
  async visit(context, address, profile = 'plain', teasers = null) {
    const { slowdown = 1, line = null } = PROFILES[profile];
    const page = await this.#page(context);
    const noting = teasers ? `window.__bench.noteFirst(${JSON.stringify(teasers)});` : '';
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: PROBE + noting });
    if (slowdown !== 1) await page.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    // A new page's own start, and the end of the one before, must not share the cores with the load.
    await sleep(this.idle);
    this.server.line = line;
    const errors = () => page.run(() => window.__bench.errors);
    try {
      await page.open(this.server.origin + address);
      return { ...page, errors, start: await page.run(() => window.__bench.start()) };
    } catch (error) {
      error.message += (await capped(errors(), 5).catch(() => [])).map((said) => ` | ${said}`).join('');
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
