// A fresh Chromium, as a process group of its own.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DevTools } from './devtools.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-default-browser-check',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions', '--mute-audio',
  '--password-store=basic', '--use-mock-keychain', '--disable-background-timer-throttling', '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows', '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
  '--window-size=1280,900', '--remote-debugging-pipe',
  // Else measureUserAgentSpecificMemory answers after up to 20 s.
  '--enable-blink-features=ForceEagerMeasureMemory'];

function program() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const files = process.env.PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = files.find(existsSync);
  if (!found) throw new Error(`expected one of ${NAMES.join(', ')} in PATH, found none; the variable CHROMIUM may name one`);
  return found;
}

export const browserVersion = () =>
  execFileSync(program(), ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim().split(' built')[0];

// An interrupted run takes its browser along (by the listeners of 'exit' below).
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** Gives up waiting after so many seconds. */
export function capped(promise, seconds) {
  let timer;
  const over = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`over ${seconds} s`)), seconds * 1000); });
  return Promise.race([promise, over]).finally(() => clearTimeout(timer));
}

/** Starts a browser: the connection to it, and what ends it. */
export async function launch() {
  const folder = mkdtempSync(join(tmpdir(), 'stichwort-bench-'));
  const stdio = ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'];
  const child = spawn(program(), [...FLAGS, `--user-data-dir=${folder}`, 'about:blank'], { detached: true, stdio });
  const end = () => { try { process.kill(-child.pid, 'SIGKILL'); } catch {} };
  process.once('exit', end);
  let said = '';
  child.stderr.on('data', (data) => { said = (said + data).slice(-2000); });
  const failed = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${said}`)));
  });
  failed.catch(() => {});
  const browser = new DevTools([child.stdio[3], child.stdio[4]]);
  await capped(Promise.race([browser.send('Browser.getVersion'), failed]), 30).catch((error) => {
    end();
    throw new Error(`Chromium did not start: ${error.message} ${said}`);
  });
  return {
    browser,
    async close() {
      await capped(browser.send('Browser.close'), 2).catch(() => {});
      end();
      process.removeListener('exit', end);
      // Its last processes may still write.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
