// What the page costs while five nodes play at the default speed: node scripts/bench-page.mjs [seconds] [--heap MINUTES]
// Prints frames per second, main-thread time per second, heap, and how long a click takes to show; with --heap also how
// the heaps grow over so many minutes of playing, minute by minute.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { serve } from "./static_server.mjs";

process.chdir(join(import.meta.dirname, ".."));
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { heap: { type: "string" } } });
const SECONDS = Number(positionals[0] ?? 20);
const MINUTES = Number(options.heap ?? 0);
const server = await serve(process.env.DIST ?? "dist", { base: "/" });
const browser = await chromium.launch({
  executablePath: execFileSync("scripts/chromium.sh", { encoding: "utf8" }).trim(),
  args: ["--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const cdp = await page.context().newCDPSession(page);
await cdp.send("Performance.enable");
const metrics = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value]));
const print = (name, value, unit) => console.log(`${name.padEnd(44)}${String(value).padStart(10)} ${unit}`);

// The module's memory is nobody's business but this bench's: it is caught as it arrives.
await page.addInitScript(() => {
  for (const way of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[way].bind(WebAssembly);
    WebAssembly[way] = async (...rest) => {
      const made = await real(...rest);
      globalThis.moduleMemory ??= (made.instance ?? made).exports?.memory;
      return made;
    };
  }
});
await page.goto(server.url);
await page.locator("#still").waitFor({ state: "detached" });
const usable = await page.evaluate(() => {
  const last = performance.getEntriesByType("resource").map((entry) => entry.responseEnd);
  return Math.round(performance.now() - Math.max(...last));
});
print("usable after the last byte, at most", usable, "ms");
await page.waitForFunction(() => / leads /.test(document.querySelector(".headline h1")?.textContent ?? ""));
print("first leader after", Math.round(await page.evaluate(() => performance.now())), "ms");

await page.waitForTimeout(1500);
const heap = () => page.evaluate(() => (globalThis.gc?.(), performance.memory.usedJSHeapSize));
const [before, heapBefore] = [await metrics(), await heap()];
const frames = await page.evaluate(async (seconds) => {
  const until = performance.now() + seconds * 1000;
  let count = 0;
  while (performance.now() < until) {
    await new Promise(requestAnimationFrame);
    count += 1;
  }
  return count / seconds;
}, SECONDS);
const [after, heapAfter] = [await metrics(), await heap()];
const spent = (name) => Math.round(((after[name] - before[name]) * 1000) / (after.Timestamp - before.Timestamp));
print("frames per second", frames.toFixed(1), "");
print("main thread per second", spent("TaskDuration"), "ms");
print("  of it script", spent("ScriptDuration"), "ms");
print("  of it layout and style", spent("LayoutDuration") + spent("RecalcStyleDuration"), "ms");
print("JavaScript heap grew by", Math.round((heapAfter - heapBefore) / 1024), "KiB");

// Ours and the engine's: the memory of a module never shrinks, so it is flat once it has what it needs.
if (MINUTES > 0) {
  const both = async () => {
    const engine = await page.evaluate(() => globalThis.moduleMemory?.buffer.byteLength ?? 0);
    return { script: await heap(), engine };
  };
  const first = await both();
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    await page.waitForTimeout(60_000);
    const { script, engine } = await both();
    print(`  heap after minute ${minute}`, (script / 1024).toFixed(0), `KiB${engine ? `, module ${(engine / 1024).toFixed(0)} KiB` : ""}`);
  }
  const last = await both();
  print(`heap grew over ${MINUTES} minutes by`, ((last.script - first.script) / 1024).toFixed(0), "KiB");
}

await page.locator('[data-act="Play"]').click();
const [still, stillLater] = [await metrics(), await (page.waitForTimeout(3000), new Promise((done) => setTimeout(async () => done(await metrics()), 3000)))];
print("main thread per second while paused", Math.round(((stillLater.TaskDuration - still.TaskDuration) * 1000) / 3), "ms");

const shown = await page.evaluate(async () => {
  document.querySelector('.act-bar [data-act="CrashOrRestart"]').click();
  for (let frame = 0; ; frame += 1) {
    if (document.querySelector(".stage .nd.dead")) return frame;
    await new Promise(requestAnimationFrame);
  }
});
print("frames until a crash shows", shown, "");
await browser.close();
await server.close();
