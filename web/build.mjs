// Bundle each page into dist/, a script and a style sheet; the licences of what is bundled stand at the end of the script.
import { build } from "esbuild";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PAGES = {
  pyvis: "src/graph/pyvis.js",
  explorer: "src/explorer/explorer.ts",
  query: "src/query/query.ts",
};
const STYLES = { graph: "src/graph/page.css", query: "src/query/query.css" };

rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: [PAGES, STYLES].flatMap((entries) => Object.entries(entries).map(([out, source]) => ({ in: source, out }))),
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

/** The licence of a package, in its own words. */
function licence(name) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : license;
  return `${name} ${version} (${license})\n${text}`;
}

for (const [out, { inputs }] of Object.entries(metafile.outputs)) {
  const packages = Object.keys(inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  const bundled = [...new Set(packages.filter(Boolean))].sort();
  if (!bundled.length) continue;
  const comment = bundled.map(licence).join("\n\n").replaceAll("*/", "* /");
  writeFileSync(out, `${readFileSync(out, "utf8")}\n/*!\n${comment}\n*/\n`);
}
