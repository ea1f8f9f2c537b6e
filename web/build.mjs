// Bundle the explorer into dist/, one file; the licences of what is bundled stand at its end.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OUT = "dist/explorer.js";
const { metafile } = await build({
  entryPoints: ["src/explorer.ts"],
  outfile: OUT,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const bundled = new Set(
  Object.keys(metafile.inputs)
    .map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter(Boolean),
);
const notices = [...bundled].sort().map((name) => {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : license;
  return `${name} ${version} (${license})\n${text}`;
});
const comment = notices.join("\n\n").replaceAll("*/", "* /");
writeFileSync(OUT, `${readFileSync(OUT, "utf8")}\n/*!\n${comment}\n*/\n`);
