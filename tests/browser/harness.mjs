// What the browser tests share. A test file is tests/browser/NAME.test.mjs:
//
//   import { test } from "./harness.mjs";
//   test("the leader can be crashed", async ({ page }) => { ... });
//
// Every test gets a fresh browser context with the app already started. It fails on any console error, page error,
// request to another origin or cookie, whatever it tests.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const VIEWPORTS = {
  desktop: { width: 1280, height: 800 },
  projector: { width: 1920, height: 1080 },
  phone: { width: 375, height: 812 },
  embed: { width: 640, height: 400 },
  "narrow embed": { width: 320, height: 480 },
};
export const THEMES = ["light", "dark"];

const registered = [];

/**
 * Options, all of them optional: `at` (what follows the app's address, say "#/lab"), `viewport` (a name of VIEWPORTS),
 * `theme`, `reducedMotion`, `javaScript` (false to go without), `before` (called with the page before it is opened),
 * `starts` (false if the app is not expected to start), `errors` (patterns of console errors that belong to the test),
 * `seconds` (how long it may take), `origins` (other servers that belong to the test).
 */
export function test(name, options, run) {
  if (typeof options === "function") [options, run] = [{}, options];
  registered.push({ name, options, run });
}

/** The same test in every viewport and theme, or in those named. */
export function testLooks(name, { viewports = Object.keys(VIEWPORTS), themes = THEMES, ...options }, run) {
  for (const viewport of viewports)
    for (const theme of themes) test(`${name} (${viewport}, ${theme})`, { ...options, viewport, theme }, run);
}

/** Waits until the page shows the app in place of the still picture it opens with. */
export const started = (page) => page.locator("#still").waitFor({ state: "detached" });

/** Fails with a readable list if axe finds anything. `disable` names axe rules, each of which needs a reason beside it. */
export async function expectAccessible(page, { disable = [], within = undefined } = {}) {
  // Not by a script tag: the page's own policy forbids inline scripts, for tests as well.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    ([scope, rules]) => axe.run(scope ?? document, { rules }),
    [within, Object.fromEntries(disable.map((rule) => [rule, { enabled: false }]))],
  );
  const list = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.target} ${n.failureSummary}`).join("\n")}`);
  assert.equal(violations.length, 0, `axe found:\n${list.join("\n")}`);
}

/**
 * Runs what is registered, one test after the other; resolves to how many passed and failed.
 * What fails is tried once more at the end, and named: a busy machine fails a test now and then, a mistake always does.
 */
export async function runAll(browser, url, filter) {
  const chosen = registered.filter(({ name }) => !filter || name.includes(filter));
  const unsure = await runEach(browser, url, chosen);
  if (unsure.length > 0) console.log(`\n${unsure.length} tests again:`);
  const failed = await runEach(browser, url, unsure);
  const unsteady = unsure.filter((each) => !failed.includes(each));
  if (unsteady.length > 0) console.log(`\nPassed at the second try only:${names(unsteady)}`);
  if (failed.length > 0) console.log(`\nFailed twice:${names(failed)}`);
  return { passed: chosen.length - failed.length, failed: failed.length };
}

const names = (tests) => tests.map(({ name }) => `\n    ${name}`).join("");

/** The tests that failed. */
async function runEach(browser, url, tests) {
  const failed = [];
  for (const each of tests) {
    const began = performance.now();
    const problem = await runOne(browser, url, each);
    console.log(`test ${each.name} ... ${problem ? "FAILED" : "ok"} (${Math.round(performance.now() - began)} ms)`);
    if (!problem) continue;
    console.log(`${problem.stack ?? problem}\n`);
    failed.push(each);
  }
  return failed;
}

async function runOne(browser, url, { name, options, run }) {
  const context = await browser.newContext({
    viewport: VIEWPORTS[options.viewport ?? "desktop"],
    colorScheme: options.theme ?? "light",
    reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
    javaScriptEnabled: options.javaScript ?? true,
  });
  try {
    const page = await context.newPage();
    const seen = watch(context, page, new URL(url).origin);
    await within(options.seconds ?? 30, async () => {
      await options.before?.(page);
      await page.goto(url + (options.at ?? ""));
      if (options.starts ?? true) await started(page);
      await run({ page, context, url, requests: seen.requests });
    }).catch(async (error) => {
      await picture(page, name);
      throw error;
    });
    const unexpected = seen.errors.filter((text) => !(options.errors ?? []).some((pattern) => pattern.test(text)));
    assert.deepEqual(unexpected, [], "errors in the page");
    const foreign = seen.foreign.filter((href) => !(options.origins ?? []).includes(new URL(href).origin));
    assert.deepEqual(foreign, [], "requests to another origin");
    assert.deepEqual(await context.cookies(), [], "cookies");
  } catch (error) {
    return error;
  } finally {
    await context.close();
  }
}

function watch(context, page, origin) {
  const seen = { requests: [], foreign: [], errors: [] };
  context.on("request", (request) => {
    const { protocol, origin: theirs, href } = new URL(request.url());
    if (!protocol.startsWith("http")) return;
    seen.requests.push(href);
    if (theirs !== origin) seen.foreign.push(href);
  });
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  return seen;
}

async function within(seconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function picture(page, name) {
  mkdirSync("test-output", { recursive: true });
  await page.screenshot({ path: `test-output/${name.replace(/\W+/g, "-")}.png` }).catch(() => {});
}
