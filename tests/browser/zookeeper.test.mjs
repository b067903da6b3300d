// The recipe and Zab on the stage: the queue, the ensemble's box, votes below their servers.
import assert from "node:assert/strict";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const queue = (page) => page.locator(".queue").getAttribute("aria-label");

test("the queue of znodes says who watches whom", { at: "#/play/zookeeper" }, async ({ page }) => {
  await page.waitForFunction(() => document.querySelectorAll(".queue .zn").length >= 3);
  await page.waitForFunction(() => document.querySelectorAll(".queue .watch").length >= 2);
  const words = await queue(page);
  assert.match(words, /^Queue: N\d has znode 0; N\d has znode 1 watches that of N\d/);
  assert.equal(await page.locator(".queue .zn.first").count(), 1);
});

test("the ensemble opens to its three servers and closes again, by keyboard", { at: "#/play/zookeeper" }, async ({ page }) => {
  await page.waitForSelector(".node.pip");
  assert.equal(await page.locator(".node.server.pip").count(), 3);
  assert.match(await page.locator(".ensemble-line").innerText(), /3 of 3 up/);
  const button = page.locator(".ensemble-open");
  assert.match(await button.getAttribute("title"), /abridged/);
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".node.server:not(.pip)").length === 3);
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".node.server.pip").length === 3);
});

testLooks("the recipe is accessible and fits", { at: "#/play/zookeeper" }, async ({ page }) => {
  await page.waitForFunction(() => document.querySelectorAll(".queue .zn").length >= 3);
  await expectAccessible(page, { within: ".stage" });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `the page is ${over} px too wide`);
});

test("a looking server of Zab shows its vote as three cells", { at: "#/play/zab" }, async ({ page }) => {
  await page.waitForFunction(() => [...document.querySelectorAll(".node .cell text")].some((text) => /^e \d/.test(text.textContent)));
});
