// The web server of the contenders, on 127.0.0.1. Everything is compressed by brotli once and kept in memory, so that
// no request pays for it.
//   node server.mjs [PORT]    to look at a contender by hand
import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { createHash } from 'node:crypto';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
};

export const brotli = (bytes) => brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
});

// Wakes the browser's processes and loads its fonts.
const WARM_UP = '<!doctype html><meta charset=utf-8><title>w</title><body style="font-family:system-ui"><h3>Überschrift <b>fett</b></h3><p>Größe „Text“<button>Tag</button>';

/**
 * Serves dist/ at /c/, data/ at /data/ and `mounts` (prefix -> folder), the longest prefix first.
 * `line` of what it gives back may be set to `{ roundTrip, bytesPerSecond }` to shape the network.
 */
export async function startServer({ port = 0, mounts = {}, onRequest = () => {} } = {}) {
  const roots = { '/c/': at('dist/'), '/data/': at('data/'), ...mounts };
  const prefixes = Object.keys(roots).sort((a, b) => b.length - a.length);
  const cache = new Map();

  /** The file or folder behind a path. */
  function place(path) {
    const prefix = prefixes.find((prefix) => path.startsWith(prefix));
    if (!prefix) return null;
    const root = join(roots[prefix], sep);
    const file = normalize(join(root, decodeURIComponent(path.slice(prefix.length))));
    return file.startsWith(root) && existsSync(file) ? file : null;
  }

  /** A file with its headers and compressed, ready to be sent. */
  function load(path) {
    let file = place(path);
    if (file && statSync(file).isDirectory()) file = place(path + 'index.html');
    if (!file) return null;
    if (cache.has(file)) return cache.get(file);
    const raw = readFileSync(file), type = TYPES[extname(file)];
    const entry = { raw, body: raw, type: type ?? 'application/octet-stream', etag: `"${createHash('sha1').update(raw).digest('hex').slice(0, 16)}"` };
    if (type) {
      entry.encoding = 'br';
      entry.body = existsSync(file + '.br') ? readFileSync(file + '.br') : brotli(raw);
    }
    if (!file.includes('fragment')) cache.set(file, entry); // Pagefind's: one small file per article
    return entry;
  }

  /** Loads all files of a folder, so that nothing is left to compress when it is asked for. */
  function loadFolder(path) {
    for (const name of readdirSync(place(path))) if (statSync(place(path + name)).isFile()) load(path + name);
  }

  // A shaped line has one round trip before each response, one more for a new connection, and a bandwidth that all
  // responses share. Unlike the browser's own throttling it reaches requests of workers too.
  const served = { line: null };
  let free = 0; // when the shared line is free again
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  async function sendShaped(request, response, status, head, body) {
    const { roundTrip, bytesPerSecond } = served.line;
    await wait(request.socket.isKnown ? roundTrip : 2 * roundTrip);
    request.socket.isKnown = true;
    response.writeHead(status, head);
    for (let i = 0; i < body.length; i += 16384) {
      const part = body.subarray(i, i + 16384), now = performance.now();
      free = Math.max(free, now) + (part.length / bytesPerSecond) * 1000;
      if (free - now > 4) await wait(free - now);
      if (response.destroyed) return;
      response.write(part);
    }
    response.end();
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    if (path === '/warm-up') return void response.writeHead(200, { 'content-type': TYPES['.html'] }).end(WARM_UP);
    const entry = load(path);
    if (!entry) {
      onRequest({ path, status: 404, sent: 0 });
      return void response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    }
    const isKnown = request.headers['if-none-match'] === entry.etag;
    const accepts = entry.encoding && (request.headers['accept-encoding'] ?? '').includes(entry.encoding);
    const body = isKnown ? Buffer.alloc(0) : accepts ? entry.body : entry.raw;
    const status = isKnown ? 304 : 200;
    const head = {
      'content-type': entry.type,
      etag: entry.etag,
      'cache-control': entry.type === TYPES['.html'] ? 'no-cache' : 'public, max-age=86400',
      // Cross-origin isolation: a finer clock (5 µs) and performance.measureUserAgentSpecificMemory.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      vary: 'accept-encoding',
    };
    if (!isKnown) {
      head['content-length'] = body.length;
      if (accepts) head['content-encoding'] = entry.encoding;
    }
    onRequest({ path, status, sent: body.length });
    if (served.line) return void sendShaped(request, response, status, head, body);
    response.writeHead(status, head).end(body);
  });
  server.keepAliveTimeout = 30_000;
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return Object.assign(served, {
    origin: `http://127.0.0.1:${server.address().port}`,
    load,
    loadFolder,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mounts = { '/c/stichwort/dist/': at('../../dist/') };
  const { origin } = await startServer({ port: Number(process.argv[2] ?? 8123), mounts });
  console.log(`${origin}/c/NAME/?src=/data/1000.json   (Pagefind: /c/pagefind/?pagefind=/data/pagefind-1000/)`);
}
