// Why, and why not: the chain of causes on the page.
import assert from "node:assert/strict";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const clock = async (page) => Number((await page.locator(".clock b").textContent()).replace(/\D/g, ""));
const leads = (page) => page.waitForFunction(() => / leads term \d+Followed by /.test(document.querySelector(".headline")?.textContent ?? ""));
const question = (page) => page.locator(".why-panel h2").textContent();

async function settled(page) {
  await leads(page);
  await page.keyboard.press("Space");
  await page.waitForFunction(() => document.querySelector('[data-act="Play"]')?.getAttribute("aria-label") === "Play");
}

test("why the leader leads: steps, rules and sources, each step a way to its moment", async ({ page }) => {
  await settled(page);
  await act(page, "WhyRun").click();
  await page.locator(".why-panel").waitFor();
  assert.match(await question(page), /^Why is N\d leader\?$/);
  assert.match(await page.locator(".why-rule").first().textContent(), /majority.*Raft paper 5\.2 · rule R-7/);
  const step = page.locator("button.why-step").first();
  const at = Number((await step.locator(".ev-at").textContent()).replace(/\D/g, ""));
  await step.click();
  assert.equal(await clock(page), at);
  assert.ok(await page.locator(".why-panel").isVisible(), "the answer stays open while its steps are walked");
  await page.keyboard.press("Escape");
  await page.locator(".why-panel").waitFor({ state: "detached" });
});

test("why an election began leads back to the crash, by keyboard", async ({ page }) => {
  await settled(page);
  await page.keyboard.press("k");
  await page.keyboard.press("q");
  await page.locator(".why-panel").waitFor();
  assert.equal(await question(page), "Why is nobody leader?");
  assert.match(await page.locator(".why-chain").textContent(), /will lose patience first.*You crashed N\d\./);
  assert.equal(await page.evaluate(() => document.activeElement.id), "why-title", "the focus is on the question");
  await page.keyboard.press("Escape");
  await page.locator(".why-panel").waitFor({ state: "detached" });
});

test("a node, a promise, an event and the log can be asked", async ({ page }) => {
  await settled(page);
  const follower = (await page.locator(".headline-why").textContent()).match(/N(\d)/)[1];
  await page.keyboard.press(follower);
  await act(page, "WhyPlace").click();
  await page.locator(".why-panel").waitFor();
  assert.equal(await question(page), `Why is N${follower} not leader?`);
  await page.locator('.why-panel [aria-label="Close the answer"]').click();
  await act(page, "WhyPromise").click();
  await page.locator(".why-panel").waitFor();
  assert.match(await question(page), /does it hold\?$/);
  await page.keyboard.press("Escape");
  await act(page, "WhyEvent").click();
  await page.locator(".why-panel").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await page.locator(".log-row .linkish").first().click();
  await page.locator(".why-panel").waitFor();
  assert.match(await question(page), /^Why/);
});

testLooks("the answer is accessible and stays inside", { viewports: ["desktop", "projector", "phone"] }, async ({ page }) => {
  await settled(page);
  await page.keyboard.press("k");
  await page.keyboard.press("q");
  await page.locator(".why-panel").waitFor();
  await expectAccessible(page);
  const room = await page.locator(".why-panel").boundingBox();
  const { width, height } = page.viewportSize();
  assert.ok(room.x >= 0 && room.x + room.width <= width && room.y + room.height <= height, "it stays inside");
  assert.ok(await page.locator(".why-panel").evaluate((panel) => panel.scrollWidth <= panel.clientWidth), "nothing is cut");
});

test("a message on the stage can be asked why it was sent", async ({ page }) => {
  await settled(page);
  const free = () =>
    page.evaluate(() => {
      for (const message of document.querySelectorAll(".stage .msg:not(.gone)")) {
        const box = message.getBoundingClientRect();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        if (document.elementFromPoint(x, y)?.closest(".msg") === message) return { x, y };
      }
    });
  let spot;
  for (let tries = 0; tries < 80 && !(spot = await free()); tries += 1) await page.keyboard.press("ArrowRight");
  await page.mouse.click(spot.x, spot.y);
  const card = page.locator('[data-panel="node"]');
  await card.locator(".chip").filter({ hasText: /^N\d to N\d$/ }).waitFor();
  await card.locator('[data-act="WhyEvent"]').click();
  await page.locator(".why-panel").waitFor();
  assert.match(await question(page), /^Why/);
  assert.ok((await page.locator(".why-chain li").count()) > 0);
});

test("of a node can also be asked why it refused, ran, or has not committed", { at: "#/play/raft?scenario=split-vote&t=end" }, async ({ page }) => {
  const asked = new Set();
  for (const node of ["1", "2", "3", "4", "5"]) {
    await page.keyboard.press(node);
    await act(page, "WhyPlace").click();
    await page.locator(".why-panel").waitFor();
    for (const text of await page.locator('[data-act="WhyElse"]').allTextContents()) asked.add(text.replace(/N\d/, "N"));
    await page.keyboard.press("Escape");
    await page.locator(".why-panel").waitFor({ state: "detached" });
  }
  assert.ok(asked.has("Why did N start an election?"), [...asked].join(" "));
  assert.ok(asked.has("Why did N refuse?"), [...asked].join(" "));
  await page.keyboard.press("1");
  await act(page, "WhyPlace").click();
  const other = act(page, "WhyElse");
  const text = await other.textContent();
  await other.click();
  await page.waitForFunction((text) => document.querySelector(".why-panel h2")?.textContent === text, text);
});
