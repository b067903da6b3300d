// Runs the browser tests on the built page: node tests/browser/run.mjs [part of a test's name]
// The page is served from a folder below the root, because that is how it must be able to live.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "../../scripts/static_server.mjs";
import { runAll } from "./harness.mjs";

const top = join(import.meta.dirname, "../..");
process.chdir(top);
if (!existsSync("dist/index.html")) {
  console.error("There is no dist/index.html to test: run make build first.");
  process.exit(1);
}
for (const file of readdirSync(import.meta.dirname).sort()) {
  if (file.endsWith(".test.mjs")) await import(`./${file}`);
}

const server = await serve("dist", { base: "/some/path/" });
const browser = await chromium.launch({
  executablePath: execFileSync("scripts/chromium.sh", { encoding: "utf8" }).trim(),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const { passed, failed } = await runAll(browser, server.url, process.argv[2]);
await browser.close();
await server.close();
// The form of cargo's own line, so that one reader counts both.
console.log(`\ntest result: ${failed ? "FAILED" : "ok"}. ${passed} passed; ${failed} failed`);
process.exit(failed || passed === 0 ? 1 : 0);
