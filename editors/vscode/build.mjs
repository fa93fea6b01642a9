// Bundles the extension into dist/extension.js, and the licences of what is bundled into dist/THIRD-PARTY.txt.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["src/extension.js"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20", // what VS Code 1.91 runs extensions with
  external: ["vscode"],
  metafile: true,
  logLevel: "warning",
});

const PACKAGE = /^node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENCE = /^licen[cs]e(\.|$)/i;

// The innermost package of a bundled file: some bring their own copy of another.
function packageOf(file) {
  const at = file.lastIndexOf("node_modules/");
  return at < 0 ? undefined : file.slice(0, at) + file.slice(at).match(PACKAGE)[0];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => LICENCE.test(each));
  if (!file) {
    throw new Error(`${name} is bundled and has no licence file`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}

const folders = new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean));
const notices = [...folders].sort().map(notice);
writeFileSync("dist/THIRD-PARTY.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
