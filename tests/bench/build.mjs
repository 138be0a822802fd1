// Bundles contenders/NAME/ into dist/NAME/: minified ES modules by esbuild, as a visitor would get them.
//   node build.mjs [NAME ...]
// A contender with an index.html of its own is served as it is.
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const only = process.argv.slice(2);

const page = (style) => `<!doctype html>
<html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Teaser</title><link rel="icon" href="data:,">${style ? '<link rel="stylesheet" href="style.css">' : ''}</head>
<body><div id="app" class="tw"></div><script type="module" src="main.js"></script></body></html>
`;

// InstantSearch brings a Preact of its own; its dependencies must not pull in a second one.
const onePreact = {
  name: 'one-preact',
  setup(build) {
    build.onResolve({ filter: /^preact($|\/)/ }, ({ path, kind, pluginData }) => (pluginData === 'done' ? undefined
      : build.resolve(path, { kind, resolveDir: at('node_modules/instantsearch.js'), pluginData: 'done' })));
  },
};

for (const name of readdirSync(at('contenders'))) {
  if (only.length && !only.includes(name)) continue;
  const from = at(`contenders/${name}/`), to = at(`dist/${name}/`);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  if (existsSync(from + 'index.html')) {
    cpSync(from + 'index.html', to + 'index.html');
    continue;
  }
  await build({
    entryPoints: { main: [from + 'main.js', from + 'main.jsx'].find(existsSync) },
    outdir: to, bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser', legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' }, conditions: ['production', 'browser'],
    jsx: 'automatic', jsxImportSource: 'preact', loader: { '.css': 'text' }, logLevel: 'warning',
    plugins: name === 'instantsearch' ? [onePreact] : [],
  });
  const { ownStyle } = JSON.parse(readFileSync(from + 'contender.json', 'utf8'));
  writeFileSync(to + 'index.html', page(!ownStyle));
  if (ownStyle) continue;
  const style = existsSync(from + 'style.css') ? readFileSync(from + 'style.css', 'utf8') : '';
  writeFileSync(to + 'style.css', readFileSync(at('shared/teaser.css'), 'utf8') + style);
}
