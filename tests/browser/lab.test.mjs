// The lab: runs, stops, the numbers behind a plot, links that repeat, and the way from a number to its run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const phase = (page, name) => page.locator(`.lab-progress[data-phase="${name}"]`).waitFor({ timeout: 60_000 });
const rows = (page) => page.locator(".lab-table tbody tr").allInnerTexts();
const WIDE = "#/lab/wide-area?seeds=1..200&table=1";

/** Plots have something on them: the pixels are not all the same. */
const inked = (page) =>
  page.locator(".lab-canvas canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return seen.size;
  });

test("the lab runs an experiment, draws it and says it in words", { at: "#/lab/figure-16-range", seconds: 90 }, async ({ page }) => {
  await page.locator(".lab-readout", { hasText: "to fill this plot" }).waitFor();
  await act(page, "Trials").fill("100");
  await act(page, "RunLab").click();
  await phase(page, "Done");
  assert.match(await page.locator(".lab-progress").textContent(), /^500 runs in /);
  assert.match(await page.locator(".lab-readout").textContent(), /150–300 ms: median \d+ ms \(\d+ ms to \d+ ms\), 99 % within \d+ ms/);
  assert.equal(await page.locator(".lab-findings li").count(), 5);
  assert.ok((await inked(page)) > 10);
  assert.match(page.url(), /#\/lab\/figure-16-range\?seeds=1\.\.100$/);
});

test("a link repeats an experiment of the lab exactly", { at: WIDE, seconds: 90 }, async ({ page }) => {
  await phase(page, "Done");
  const first = await rows(page);
  assert.equal(first.length, 3);
  assert.match(first[0], /all up\s+200\s+4\d\d ms/);
  await page.reload();
  await phase(page, "Done");
  assert.deepEqual(await rows(page), first);
});

test("the lab saves the same rows as the command line prints", { at: "#/lab/wide-area?seeds=1..5", seconds: 60 }, async ({ page }) => {
  await phase(page, "Done");
  const [download] = await Promise.all([page.waitForEvent("download"), act(page, "SaveRows").click()]);
  assert.equal(download.suggestedFilename(), "conclave-wide-area.csv");
  assert.equal(readFileSync(await download.path(), "utf8"), readFileSync("tests/golden/lab_wide_area.csv", "utf8"));
  const [picture] = await Promise.all([page.waitForEvent("download"), act(page, "SavePicture").click()]);
  assert.equal(readFileSync(await picture.path()).subarray(1, 4).toString(), "PNG");
});

test("a number of the lab opens the run behind it", { at: WIDE, seconds: 90 }, async ({ page }) => {
  await phase(page, "Done");
  const link = page.locator(".lab-table tbody tr").first().locator("a").first();
  await link.waitFor();
  const seed = /run=(\d+)/.exec(await link.getAttribute("href"))[1];
  await link.click();
  await page.locator(".seed-field").waitFor();
  await page.waitForFunction((seed) => document.querySelector(".seed-field")?.value === seed, seed);
  assert.match(page.url(), /#\/play\/raft\?lab=wide-area&case=0&run=/);
  await page.goBack();
  await phase(page, "Done");
});

test("a point of a plot opens the run behind it", { at: "#/lab/split-votes?seeds=1..50", seconds: 90 }, async ({ page }) => {
  await phase(page, "Done");
  const room = await page.locator(".lab-canvas canvas").boundingBox();
  let aimed = false;
  for (let y = 20; y < room.height && !aimed; y += 20) {
    for (let x = 60; x < room.width - 60 && !aimed; x += 20) {
      await page.mouse.move(room.x + x, room.y + y);
      aimed = /Click to open run/.test(await page.locator(".lab-readout").textContent());
      if (aimed) await page.mouse.click(room.x + x, room.y + y);
    }
  }
  assert.ok(aimed, "some point is near");
  await page.waitForURL(/#\/play\/raft\?lab=split-votes&case=\d+&run=\d+/);
  await page.locator(".stage").first().waitFor();
});

test("a run of the lab stops and keeps what it found, while the page stays at hand", { at: "#/lab/figure-16-range", seconds: 90 }, async ({ page }) => {
  // What is filled in before the experiment is here, the experiment would fill in again.
  await page.locator(".lab-readout", { hasText: "to fill this plot" }).waitFor();
  await act(page, "Trials").fill("100000");
  await act(page, "RunLab").click();
  // Time is left, and something was found already: only then is there anything to keep.
  await page.waitForFunction(() => /left$/.test(document.querySelector(".lab-progress").textContent), null, { timeout: 60_000 });
  const found = page.locator(".lab-readout", { hasText: /median \d/ });
  await found.waitFor({ timeout: 60_000 });
  await act(page, "RunLab").click();
  await phase(page, "Stopped");
  await page.locator(".lab-progress", { hasText: /^Stopped after [\d\s\u202f\u00a0]+ of 500.000\.$/ }).waitFor();
  await found.waitFor();
});

test("settings of an experiment change it, and a slip is told", { at: "#/lab/figure-16-range", seconds: 60 }, async ({ page }) => {
  const delay = page.getByLabel("One-way delay", { exact: true });
  await delay.fill("30 ms to 40 ms");
  await delay.press("Enter");
  await page.waitForURL(/set\.wires\.latency=/);
  await delay.fill("quick");
  await delay.press("Enter");
  await page.locator(".lab-problems li", { hasText: "wires.latency" }).waitFor();
  await act(page, "ResetKnobs").click();
  await page.waitForURL(/#\/lab\/figure-16-range$/);
  assert.equal(await page.locator(".lab-problems li").count(), 0);
});

test("a setting of the trade-off is slid, keeps the focus, and moves the curve", { at: "#/lab/trade-off", seconds: 60 }, async ({ page }) => {
  const field = page.getByLabel("One-way delay", { exact: true });
  const low = page.getByLabel("One-way delay, from");
  const high = page.getByLabel("One-way delay, to");
  await low.waitFor();
  assert.equal(await field.inputValue(), "5ms to 15ms");
  await high.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  await page.waitForURL(/set\.wires\.latency=/);
  assert.match(await field.inputValue(), /^5ms to (1[6-9]|2\d)(\.\d+)?ms$/);
  assert.ok(await high.evaluate((thumb) => thumb === document.activeElement), "the thumb keeps the focus");
  // The low end takes the high one along.
  await low.fill("150");
  await page.waitForFunction(() => /^5[67]ms to 5[67]ms$/.test(document.querySelector(".lab-knob input.pick").value));
  for (const name of ["Slow messages, slider", "Messages lost, slider", "A node pauses every, slider", "and for, to"]) assert.ok(await page.getByLabel(name).isVisible(), name);
  await act(page, "ResetKnobs").click();
  await page.waitForFunction(() => document.querySelector(".lab-knob input.pick").value === "5ms to 15ms");
});

test("one's own experiment compares two approaches", { at: "#/lab/own", seconds: 90 }, async ({ page }) => {
  await act(page, "OwnB").selectOption("paxos.lan");
  await page.waitForURL(/b=paxos\.lan/);
  await act(page, "OwnVary").selectOption("wires.latency");
  await page.waitForURL(/vary=wires\.latency/);
  await page.waitForFunction(() => document.querySelector(".lab-problems").children.length === 0);
  await act(page, "Trials").fill("20");
  await act(page, "RunLab").click();
  await phase(page, "Done");
  await act(page, "LabTable").click();
  assert.equal((await rows(page)).length, 8);
});

test("the lab is reached from Play", async ({ page }) => {
  await page.locator("nav.pages a", { hasText: "Lab" }).first().click();
  await page.locator(".lab-run").waitFor();
});

testLooks("the lab looks right", { at: "#/lab/wide-area?seeds=1..20", seconds: 90 }, async ({ page }) => {
  await phase(page, "Done");
  await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await act(page, "LabTable").click();
  await page.locator(".lab-table table").waitFor();
  await expectAccessible(page);
});
