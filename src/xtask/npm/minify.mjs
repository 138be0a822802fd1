// Minifies the JavaScript that it reads: `node minify.mjs script` or `node minify.mjs module`. Scripts come out in ASCII.
import { readFileSync } from "node:fs";
import { minify } from "@swc/core";

const module = process.argv[2] === "module";
const { code } = await minify(readFileSync(0, "utf8"), {
  module,
  ecma: 2022,
  compress: { passes: 3, ecma: 2022 },
  mangle: true,
  format: { asciiOnly: !module },
});
process.stdout.write(code);
