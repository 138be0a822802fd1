// A fresh Chromium, as a process group of its own, with playwright-core as its client.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-default-browser-check',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions', '--mute-audio',
  '--password-store=basic', '--use-mock-keychain', '--disable-background-timer-throttling', '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows', '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
  '--window-size=1280,900', '--remote-debugging-port=0',
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

export async function launch() {
  const folder = mkdtempSync(join(tmpdir(), 'stichwort-bench-'));
  const child = spawn(program(), [...FLAGS, `--user-data-dir=${folder}`, 'about:blank'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => { try { process.kill(-child.pid, 'SIGKILL'); } catch {} };
  process.once('exit', end);
  const address = await new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`Chromium did not start: ${said}`)), 30_000);
    child.stderr.on('data', (data) => {
      said += data;
      const match = said.match(/DevTools listening on (ws:\S+)/);
      if (!match) return;
      clearTimeout(timer);
      child.stderr.removeAllListeners('data').resume();
      resolve(match[1]);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${said}`)));
  }).catch((error) => { end(); throw error; });
  const browser = await chromium.connectOverCDP(address);
  return {
    browser,
    async close() {
      await Promise.race([browser.close().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 2000))]);
      end();
      process.removeListener('exit', end);
      // Its last processes may still write.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
