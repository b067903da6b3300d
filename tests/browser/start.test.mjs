// The page starts from static files alone, and says so when it cannot.
import assert from "node:assert/strict";
import { firstLoad } from "../../scripts/size.mjs";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const status = (page) => page.locator("#still-status").textContent();

test("the page starts", async ({ page }) => {
  assert.ok(await page.locator("main").isVisible());
  assert.match(await page.title(), /^Conclave/);
});

test("it loads each of its files once, and only what the size budget counts", async ({ page, url, requests }) => {
  await page.waitForLoadState("networkidle");
  const loaded = requests.map((request) => request.slice(url.length) || "index.html").sort();
  assert.deepEqual(loaded, [...new Set(loaded)], "a file was loaded twice");
  const counted = new Set(firstLoad("dist"));
  assert.deepEqual(loaded.filter((file) => !counted.has(file)), [], "not counted by scripts/size.mjs");
});

test("it forbids inline scripts and everything from elsewhere", { errors: [/Content Security Policy/] }, async ({ page }) => {
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.intruder = true";
    document.head.append(script);
    return window.intruder ?? false;
  });
  assert.equal(ran, false);
});

testLooks("the started page is accessible", {}, async ({ page }) => expectAccessible(page));

test(
  "it says that WebAssembly is blocked",
  { starts: false, errors: [/WebAssembly is missing/], before: (page) => page.addInitScript(() => delete globalThis.WebAssembly) },
  async ({ page }) => {
    await page.waitForFunction(() => document.body.textContent.includes("could not start"));
    assert.equal(
      await status(page),
      "The simulator could not start: this browser blocks WebAssembly. Here is a still of the scenario.",
    );
    assert.ok(await page.locator("#still svg").isVisible());
    await expectAccessible(page);
  },
);

test(
  "it says that a part did not arrive",
  { starts: false, errors: [/./], before: (page) => page.route("**/*.wasm", (route) => route.abort()) },
  async ({ page }) => {
    await page.waitForFunction(() => document.body.textContent.includes("could not start"));
    assert.equal(await status(page), "The simulator could not start: a part of it did not arrive. Reload the page to try again.");
  },
);

test("without scripts the still stands with a text", { starts: false, javaScript: false }, async ({ page }) => {
  assert.ok(await page.locator("#still svg").isVisible());
  assert.match(await page.locator("#still").innerText(), /needs JavaScript and WebAssembly/);
  assert.ok(await page.locator("#still-status").isHidden());
});
