// Minifies the JavaScript that it reads: `node minify.mjs script` or `node minify.mjs module`. Scripts come out in ASCII.
//
// Two minifiers, one after the other: each finds what the other one leaves.
import { readFileSync } from "node:fs";
import { minify } from "@swc/core";
import uglify from "uglify-js";

const module = process.argv[2] === "module";
const ascii = !module;
const text = readFileSync(0, "utf8");
const { code } = await minify(text, {
  module,
  ecma: 2022,
  compress: { passes: 3, ecma: 2022 },
  mangle: true,
  format: { asciiOnly: ascii },
});
const shorter = uglify.minify(code, { module, compress: { passes: 3 }, output: { ascii_only: ascii } });
if (shorter.error) {
  throw shorter.error;
}
process.stdout.write(shorter.code);
