// Makes one HTML file of the built page and a run: node scripts/offline.mjs ['#/play/raft?scene=raft-split-vote'] [FILE]
// It opens from disk without a network. docs/embedding.md describes its policy.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assemble } from "../assets/offline.js";

const dist = join(import.meta.dirname, "../dist");
const [fragment = "#/play/raft", file = "conclave-offline.html"] = process.argv.slice(2);
if (!existsSync(join(dist, "index.html"))) {
  console.error("There is no dist/index.html: run make build first.");
  process.exit(1);
}
const page = await assemble(async (name) => new Uint8Array(readFileSync(join(dist, name))), fragment);
writeFileSync(file, page);
console.log(`${file}: ${Math.round(page.length / 1024)} KB`);
