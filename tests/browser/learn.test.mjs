// Learn: lessons that ask, practice, interview cards, systems, notes, the sheet.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const heading = (page, text) => page.locator(".learn-text h1", { hasText: text }).waitFor();
const step = (page, number) =>
  page.waitForFunction((n) => document.querySelector(".dot.cur")?.textContent === String(n), number);
const mode = (page, name) => page.waitForFunction((m) => document.querySelector(".step")?.dataset.mode === m, name);
const clock = async (page) => Number((await page.locator(".clock b").textContent()).replace(/\D/g, ""));
const noOverflow = async (page) =>
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page scrolls sideways");

test("Learn: Play and Learn lead to each other, and lessons are not in the first load", { at: "#/play/raft" }, async ({ page, requests }) => {
  assert.ok(!requests.some((address) => /lessons|interview|wild/.test(address)), "a text came too early");
  await page.locator(".pages a", { hasText: "Learn" }).click();
  await heading(page, "Learn");
  assert.ok((await page.locator(".lesson-card").count()) >= 12);
  await page.locator(".pages a", { hasText: "Play" }).click();
  await page.locator(".setup").waitFor();
});

test("Learn: a lesson is walked with the keys of a presenter's remote, and the address follows", { at: "#/learn/heartbeats/1" }, async ({ page }) => {
  await heading(page, "Heartbeats");
  await step(page, 1);
  const began = await clock(page);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  await step(page, 2);
  await mode(page, "Held");
  assert.match(page.url(), /#\/learn\/heartbeats\/2$/);
  assert.ok((await clock(page)) > began);
  await page.keyboard.press("PageUp");
  await step(page, 1);
  assert.equal(await clock(page), began);
  await page.goBack();
  await step(page, 2);
});

test("Learn: the run answers a prediction, and says why", { at: "#/learn/raft-election/6", seconds: 60 }, async ({ page }) => {
  await heading(page, "How Raft elects");
  await page.locator(".opt", { hasText: "Nobody" }).click();
  await act(page, "Run").click();
  await page.locator(".feedback").waitFor({ timeout: 40000 });
  const told = await page.locator(".feedback").textContent();
  assert.match(told, /Not this time\. N\d took office at/);
  assert.match(told, /What decided it: N\d hears N\d's answer/);
  assert.equal(await page.locator(".opt.right").count(), 1);
  await page.locator(".chain summary").click();
  assert.ok((await page.locator(".chain li").count()) >= 1);
  await mode(page, "Held");
});

test("Learn: the controls are taken, used and given back", { at: "#/learn/raft-election/5" }, async ({ page }) => {
  await heading(page, "How Raft elects");
  await step(page, 5);
  const before = await clock(page);
  await page.keyboard.press("Escape");
  await mode(page, "Free");
  await page.keyboard.press("k");
  await page.locator(".act-bar").waitFor();
  await act(page, "Milestone").click();
  assert.ok((await clock(page)) > before);
  await act(page, "Take").click();
  await mode(page, "Held");
  assert.equal(await clock(page), before);
});

test("Learn: an act of the visitor takes the controls by itself", { at: "#/learn/raft-election/5" }, async ({ page }) => {
  await step(page, 5);
  await page.keyboard.press("k");
  await mode(page, "Free");
});

test("Learn: a step marks the part of the page to look at, until the controls are taken", { at: "#/learn/split-brain/4" }, async ({ page }) => {
  await step(page, 4);
  const marked = page.locator('.learn-stage[data-look~="ledger"] .ledger:visible').first();
  await marked.waitFor();
  assert.equal(await marked.evaluate((ledger) => getComputedStyle(ledger).outlineStyle), "solid");
  await act(page, "Take").click();
  await marked.waitFor({ state: "detached" });
});

test("Learn: cards of lessons show the key moment of their run", { at: "#/learn" }, async ({ page }) => {
  const card = page.locator(".lesson-card", { hasText: "Split brain" });
  await card.locator(".card-still .leads").nth(1).waitFor();
  assert.equal(await card.locator(".card-still g").count(), 5);
});

test("Learn: a teacher's link locks the run and hides the controls", { at: "#/learn/split-brain/3?lock=1&controls=none&ask=0" }, async ({ page }) => {
  await step(page, 3);
  assert.ok(await page.locator(".learn-time").isHidden());
  assert.equal(await page.locator(".q").count(), 0);
  await page.keyboard.press("k");
  await mode(page, "Held");
});

test("Learn: practice deals, judges and keeps the score on this device", { at: "#/learn/practice", seconds: 90 }, async ({ page }) => {
  await heading(page, "Practice");
  await act(page, "Family").selectOption("raft");
  await act(page, "Level").selectOption("1");
  await page.locator(".opt").first().click();
  await act(page, "Run").click();
  await page.locator(".feedback").waitFor({ timeout: 60000 });
  await page.waitForFunction(() => / of 1 right/.test(document.querySelector(".pager-count").textContent));
  await act(page, "Deal").click();
  await page.locator(".feedback").waitFor({ state: "detached" });
  await page.reload();
  await page.waitForFunction(() => / of 1 right/.test(document.querySelector(".pager-count")?.textContent ?? ""));
});

test("Learn: an interview card goes from question to thinking to the run, by the space bar", { at: "#/learn/interview/fencing-token", seconds: 60 }, async ({ page }) => {
  await heading(page, "fencing token");
  assert.equal(await page.locator(".points").count(), 0);
  await page.keyboard.press("Space");
  await page.locator(".countdown").waitFor();
  assert.equal(await page.locator(".hint-box").count(), 3);
  await page.keyboard.press("Space");
  await page.locator(".points").waitFor();
  assert.ok((await page.locator(".point input").count()) >= 4);
  await page.locator(".dot").nth(2).click();
  await step(page, 3);
  assert.match(await page.locator(".caption").textContent(), /refused N\d: token/);
});

test("Learn: a mock interview is a sequence of prompts with time", { at: "#/learn/interview/mock/scheduler" }, async ({ page }) => {
  await heading(page, "Design a distributed scheduler");
  await act(page, "Phase").click();
  await page.locator(".countdown").waitFor();
  await act(page, "Phase").click();
  await page.locator(".points").waitFor();
  await act(page, "Phase").click();
  await page.locator(".prompt h2", { hasText: "Part 2" }).waitFor();
});

test("Learn: a system's failure runs beside its defaults", { at: "#/learn/wild/kraft" }, async ({ page }) => {
  await heading(page, "KRaft");
  await page.locator(".dot").nth(2).click();
  await page.waitForFunction(() => /Still 2 controllers/.test(document.querySelector(".caption").textContent));
  assert.match(await page.locator(".defaults").textContent(), /controller\.quorum\.fetch\.timeout\.ms/);
  await page.locator(".story-pick .btn").nth(1).click();
  await page.waitForFunction(() => document.querySelectorAll(".dot").length === 3);
});

test("Learn: the sheet shows what was measured", { at: "#/learn/sheet" }, async ({ page }) => {
  await page.locator(".trade tbody tr").first().waitFor();
  const { rows } = JSON.parse(readFileSync("assets/interview/trade-off.en.json", "utf8"));
  const shown = await page.locator(".trade tbody tr").allTextContents();
  rows.forEach((row, index) => assert.ok(shown[index].includes(row.fail_over[0]) && shown[index].includes(row.two_commit[0])));
  // The run behind a number is one click away.
  const [text, address] = rows[1].fail_over;
  await page.locator(".trade a", { hasText: text }).first().click();
  await page.waitForURL((url) => url.hash === address);
  await page.locator("#still").waitFor({ state: "detached" });
  const seed = /run=(\d+)/.exec(address)[1];
  await page.waitForFunction((seed) => document.querySelector(".seed-field")?.value === seed, seed);
});

test("Learn: the sheet is one page of paper", { at: "#/learn/sheet" }, async ({ page }) => {
  await page.locator(".trade tbody tr").first().waitFor();
  await page.locator(".facts li").first().waitFor();
  for (const format of ["A4", "Letter"]) {
    const paper = (await page.pdf({ format })).toString("latin1");
    assert.equal(paper.match(/\/Type\s*\/Page\b/g).length, 1, format);
  }
});

test("Learn: a page that is not there says so", { at: "#/learn/nothing-here/1", errors: [/404/] }, async ({ page }) => {
  await page.locator('.learn-text [role="alert"]').waitFor();
  assert.match(await page.locator('.learn-text [role="alert"]').textContent(), /no such page/);
});

for (const at of ["#/learn", "#/learn/split-brain/4", "#/learn/practice", "#/learn/interview", "#/learn/interview/gc-pause", "#/learn/wild/etcd", "#/learn/teach/zab", "#/learn/sheet"]) {
  testLooks(`Learn: accessible and without overflow: ${at}`, { at }, async ({ page }) => {
    await page.locator(".learn-text h1").first().waitFor();
    await page.waitForTimeout(300);
    await noOverflow(page);
    await expectAccessible(page);
  });
}

const isWhole = (page, is) => page.waitForFunction((is) => Boolean(document.fullscreenElement) === is, is);

test("Learn: projector mode takes the whole screen, by button and by key, and gives it back", { at: "#/learn/heartbeats/1" }, async ({ page }) => {
  await heading(page, "Heartbeats");
  for (const press of [() => act(page, "Projector").click(), () => page.keyboard.press("j")]) {
    await press();
    await isWhole(page, true);
    await page.locator(".learn.projecting").waitFor();
    await press();
    await isWhole(page, false);
    await page.locator(".learn:not(.projecting)").waitFor();
  }
  // Left by the browser's own means, there is nothing to leave, and nothing goes wrong.
  await act(page, "Projector").click();
  await isWhole(page, true);
  await page.evaluate(() => document.exitFullscreen());
  await isWhole(page, false);
  await act(page, "Projector").click();
  await page.locator(".learn:not(.projecting)").waitFor();
});

const refuse = (page) =>
  page.addInitScript(() => (Element.prototype.requestFullscreen = () => Promise.reject(new TypeError("refused"))));

test("Learn: a browser that refuses the whole screen is told of, and projector mode stays", { at: "#/learn/heartbeats/1", before: refuse }, async ({ page }) => {
  await heading(page, "Heartbeats");
  await act(page, "Projector").click();
  await page.locator(".notice", { hasText: "did not give the whole screen" }).waitFor();
  await page.locator(".learn.projecting").waitFor();
});

test("Learn: an address that presents asks for no whole screen", { at: "#/learn/heartbeats/1?present=1", before: refuse }, async ({ page }) => {
  await page.locator(".learn.projecting .step-title").waitFor();
  assert.equal(await page.locator(".notice", { hasText: "whole screen" }).count(), 0);
});

testLooks("Learn: a lesson shows its run as the space-time diagram when asked", { at: "#/learn/heartbeats/2", viewports: ["desktop", "projector"] }, async ({ page }) => {
  await heading(page, "Heartbeats");
  await step(page, 2);
  assert.equal(await page.locator(".learn-time .time").count(), 0);
  await act(page, "Lanes").click();
  const lanes = page.locator(".learn-time [data-act=Timeline]");
  await lanes.waitFor();
  assert.equal(await act(page, "Lanes").getAttribute("aria-pressed"), "true");
  assert.equal(await page.locator(".learn-time .scrub").count(), 0);
  assert.ok((await lanes.boundingBox()).height > 100);
  const before = await clock(page);
  await lanes.focus();
  await page.keyboard.press("Home");
  await page.waitForFunction((before) => Number(document.querySelector(".clock b").textContent.replace(/\D/g, "")) < before, before);
  await noOverflow(page);
  await expectAccessible(page);
  await act(page, "Lanes").click();
  await lanes.waitFor({ state: "detached" });
});
