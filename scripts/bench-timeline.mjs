// What the timeline costs, as a share of the page in one and the same run: node scripts/bench-timeline.mjs [seconds]
// Five nodes at the default speed, with the diagram and without; then nine nodes after ten simulated minutes, near and far.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./static_server.mjs";

process.chdir(join(import.meta.dirname, ".."));
const SECONDS = Number(process.argv[2] ?? 8);
const server = await serve(process.env.DIST ?? "dist", { base: "/" });
const browser = await chromium.launch({
  executablePath: execFileSync("scripts/chromium.sh", { encoding: "utf8" }).trim(),
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const cdp = await page.context().newCDPSession(page);
await cdp.send("Performance.enable");
const metrics = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value]));
const print = (name, value) => console.log(`${name.padEnd(56)}${String(Math.round(value)).padStart(8)} ms per second`);

async function cost() {
  const before = await metrics();
  await page.waitForTimeout(SECONDS * 1000);
  const after = await metrics();
  return ((after.TaskDuration - before.TaskDuration) * 1000) / (after.Timestamp - before.Timestamp);
}
const show = (on) => page.evaluate((shown) => document.querySelector(".time").style.setProperty("visibility", shown ? "" : "hidden") ?? document.querySelector(".time canvas").style.setProperty("display", shown ? "" : "none"), on);
const open = async (at) => {
  await page.goto("about:blank");
  await page.goto(server.url + at);
  await page.locator("#still").waitFor({ state: "detached" });
};

await open("");
await page.waitForFunction(() => / leads /.test(document.querySelector(".headline h1")?.textContent ?? ""));
await page.waitForTimeout(1500);
const whole = await cost();
await show(false);
const without = await cost();
await show(true);
print("five nodes, playing", whole);
print("  without the timeline", without);
console.log(`  the timeline is ${Math.round((1 - without / whole) * 100)} % of it`);

await open("#/play/raft?n=9");
await page.waitForTimeout(2000);
await page.locator('[data-act="Clock"]').click();
await page.keyboard.type("600000");
const began = performance.now();
await page.keyboard.press("Enter");
await page.waitForFunction(() => Number(document.querySelector(".clock b")?.textContent.replace(/\D/g, "")) >= 600000, null, { timeout: 120_000 });
console.log(`nine nodes, ten minutes played through in ${Math.round(performance.now() - began)} ms`);
await page.locator('[data-act="Play"]').click();
print("nine nodes at ten minutes, playing, arrows", await cost());
await page.locator('[data-act="Timeline"]').focus();
await page.keyboard.press("0");
await page.waitForTimeout(300);
print("nine nodes at ten minutes, playing, the whole run", await cost());
await show(false);
print("  without the timeline", await cost());
await browser.close();
await server.close();
