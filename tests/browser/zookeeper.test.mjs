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

for (const [family, says] of [["lease", /^Lease: held by N\d\. On record: holder #1, version \d+\.$/], ["appointed", /^Controller: leader N1, epoch 1\. In sync: N1 N2 N3 N4 N5\.$/]])
  testLooks(`the box of ${family} says what its service has on record`, { at: `#/play/${family}?t=3000`, viewports: ["desktop", "phone", "embed"] }, async ({ page }) => {
    await page.waitForFunction(() => document.querySelectorAll(".queue .record").length === 4);
    assert.match(await queue(page), says);
    const clear = await page.evaluate(() => {
      const box = document.querySelector("rect.ensemble").getBoundingClientRect();
      const server = document.querySelector(".node.server").getBoundingClientRect();
      const words = [...document.querySelectorAll(".queue .record")].map((it) => it.getBoundingClientRect());
      return words.every((it) => it.left > box.left && it.right < box.right && it.top > box.top && it.bottom < box.bottom && (it.right < server.left || it.left > server.right));
    });
    assert.ok(clear, "the words lie in the box and beside the server");
  });

test("families without a service name no queue", { at: "#/play/raft?t=1000" }, async ({ page }) => {
  await page.locator(".queue").waitFor({ state: "attached" });
  assert.equal(await page.locator(".queue").getAttribute("aria-hidden"), "true");
});
