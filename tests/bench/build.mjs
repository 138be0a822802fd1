// Bundles contenders/NAME/ into dist/NAME/: minified ES modules by esbuild, as a visitor would get them.
//   node build.mjs [NAME ...]
// A contender with an index.html of its own is served as it is.
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const only = process.argv.slice(2);

const PAGE = `<!doctype html>
<html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Teaser</title><link rel="icon" href="data:,"></head>
<body><div id="app" class="tw"></div><script type="module" src="main.js"></script></body></html>
`;

/** Adopts a style, as the widget does: none pays for a request of its own, and all count its bytes. */
const adopt = (style) => `document.adoptedStyleSheets=[new CSSStyleSheet];document.adoptedStyleSheets[0].replaceSync(${JSON.stringify(style)});`;

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
  const { ownStyle, isRecorded, isUnread } = JSON.parse(readFileSync(from + 'contender.json', 'utf8'));
  if (isRecorded || isUnread) continue;
  const styles = ownStyle ? [] : [at('shared/teaser.css'), from + 'style.css'].filter(existsSync);
  await build({
    entryPoints: { main: [from + 'main.js', from + 'main.jsx'].find(existsSync) },
    outdir: to, bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser', legalComments: 'none',
    banner: { js: ownStyle ? '' : adopt(styles.map((file) => readFileSync(file, 'utf8')).join('')) },
    define: { 'process.env.NODE_ENV': '"production"' }, conditions: ['production', 'browser'],
    jsx: 'automatic', jsxImportSource: 'preact', loader: { '.css': 'text' }, logLevel: 'warning',
    plugins: name === 'instantsearch' ? [onePreact] : [],
  });
  writeFileSync(to + 'index.html', PAGE);
}
