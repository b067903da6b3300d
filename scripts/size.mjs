// What a first visit downloads, brotli-compressed, and whether it keeps to the budget.
import { readFileSync, readdirSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

/** What a first visit should cost. */
const GOAL = 200 * 1024;
/** What fails the build: never to be raised, to be lowered whenever the page gets lighter, until it is the goal. */
const LIMIT = 387 * 1024;
const READABLE = [".css", ".html", ".js"];

/** Names the parts of the module, and fetches each when it is first wanted. */
const LOADERS = /-parts\.js$/;
/** Named by a style sheet, and fetched when a text first has one of its letters. */
const LETTERS = /-rest\.woff2$/;
/** A style sheet that a page names for later. */
const LATER = /<link rel="later"[^>]*>/g;

/** The files of `dist` that the page loads at once: index.html and whatever is named by a page, style sheet or script among them. */
export function firstLoad(dist) {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)));
  const loaded = new Set(["index.html"]);
  for (const file of loaded) {
    if (!READABLE.includes(extname(file)) || LOADERS.test(file)) continue;
    const text = readFileSync(join(dist, file), "utf8").replace(LATER, "");
    for (const other of files) if (!LETTERS.test(other) && text.includes(basename(other))) loaded.add(other);
  }
  return [...loaded].sort();
}

function compressed(path) {
  const bytes = readFileSync(path);
  return Math.min(bytes.length, brotliCompressSync(bytes).length);
}

function main(dist) {
  const parts = firstLoad(dist).map((file) => ({ file, bytes: compressed(join(dist, file)) }));
  parts.sort((a, b) => b.bytes - a.bytes);
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  console.log("First load, brotli-compressed bytes per part:");
  for (const { file, bytes } of parts) console.log(`${String(bytes).padStart(9)}  ${file}`);
  console.log(`${String(total).padStart(9)}  in total; the goal is ${GOAL}, the limit ${LIMIT}`);
  console.log("Parts that are fetched when first wanted:");
  const later = readdirSync(dist).filter((file) => file.endsWith(".wasm") && !parts.some((part) => part.file === file));
  for (const file of later) console.log(`${String(compressed(join(dist, file))).padStart(9)}  ${file}`);
  if (total > LIMIT) {
    console.error(`The page is ${total - LIMIT} bytes over its limit.`);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv[2] ?? "dist");
