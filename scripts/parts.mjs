// Cuts the module that trunk put into dist/ into what is loaded first and the parts that are fetched when first wanted.
// Trunk knows nothing of parts: it makes the page with the whole module and all style sheets, and this puts the pieces in
// their place.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shorten } from "./short_names.mjs";

const WHOLE = "target/wasm32-unknown-unknown/release/conclave.wasm";
const FEATURES = ["bulk-memory", "mutable-globals", "nontrapping-float-to-int", "sign-ext", "reference-types", "multivalue"];
/** What the first module imports the loaders of the parts from. */
const LOADERS = "__wasm_split.js";

/** The style sheets of pages and dialogs that come later, with their parts (`styled` in src/ui/parts.rs). */
const LATER = ["compare", "embed", "learn", "share"];

const dist = process.argv[2] ?? "dist";
const run = (command, ...args) => execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
// Loops and branches laid anew in between: half a hundredth less.
const shrink = (from, to) => run("wasm-opt", "-Oz", "--flatten", "--rereloop", "-Oz", "--strip-debug", ...FEATURES.map((it) => `--enable-${it}`), from, "-o", to);

const script = readdirSync(dist).find((file) => /^conclave-[0-9a-f]+\.js$/.test(file));
const name = script.slice(0, -3);
const room = mkdtempSync(join(tmpdir(), "parts-"));
try {
  run("wasm-split-cli", WHOLE, room, "--out-name", name);
  const glue = join(room, "glue");
  run("wasm-bindgen", join(room, `${name}.wasm`), "--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir", glue, "--out-name", name);
  const first = join(dist, `${name}_bg.wasm`);
  shrink(join(glue, `${name}_bg.wasm`), first);
  const short = shorten(readFileSync(first), readFileSync(join(glue, script), "utf8"), `./${name}_bg.js`);
  writeFileSync(first, short.module);
  writeFileSync(join(dist, script), short.script.replaceAll(`from "./${LOADERS}"`, `from "./${name}-parts.js"`));
  let loaders = readFileSync(join(room, LOADERS), "utf8");
  for (const part of readdirSync(room).filter((file) => file.endsWith(".wasm") && file !== `${name}.wasm`)) {
    // Named after the page's module, so that pieces of two builds never meet.
    const to = `${name}-${part}`;
    loaders = loaders.replaceAll(`./${part}`, `./${to}`);
    shrink(join(room, part), join(dist, to));
    console.log(`${String(statSync(join(dist, to)).size).padStart(9)}  ${to}`);
  }
  writeFileSync(join(dist, `${name}-parts.js`), loaders);
} finally {
  rmSync(room, { recursive: true, force: true });
}

// One style sheet for the first picture, with its parts marked (src/ui/share/page_sheets.rs). Those of later parts stay apart, and wait.
const index = join(dist, "index.html");
let page = readFileSync(index, "utf8");
const links = [...page.matchAll(/<link rel="stylesheet" href="\.\/(([a-z]+)-[0-9a-f]+\.css)"[^>]*>\n?/g)];
const early = links.filter(([, , sheet]) => !LATER.includes(sheet));
if (links.length - early.length !== LATER.length) throw new Error(`style sheets are missing: ${LATER}`);
const css = early.map(([, file, sheet]) => `/*@${sheet}*/\n${readFileSync(join(dist, file), "utf8")}`).join("");
const together = `style-${createHash("sha256").update(css).digest("hex").slice(0, 16)}.css`;
writeFileSync(join(dist, together), css);
for (const [link, file, sheet] of links) {
  if (early[0][1] === file) page = page.replace(link, `<link rel="stylesheet" href="./${together}"/>\n`);
  else page = page.replace(link, LATER.includes(sheet) ? link.replace('"stylesheet"', '"later"') : "");
  if (!LATER.includes(sheet)) rmSync(join(dist, file));
}
writeFileSync(index, page);
