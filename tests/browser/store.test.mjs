// The store on the stage: its ledger, its switch, the replay that keeps everything but the fence.
import assert from "node:assert/strict";
import { expectAccessible, started, test, testLooks } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const ledger = (page) => page.locator(".ledger").first();
const headline = (page) => page.locator(".headline").first().textContent();
const clock = async (page) => Number((await page.locator(".clock b").first().textContent()).replace(/\D/g, ""));

test("two leaders write, and the ledger says what is lost", { at: "#/play/raft?scenario=raft-minority-writes&t=2300" }, async ({ page }) => {
  await page.locator(".ledger.corrupted").waitFor();
  assert.match(await headline(page), /The store is corrupted.*Seat \d+ is sold twice: N\d sold it to \w+ at .* ms, and N1 overwrote that with \w+\./);
  const stale = page.locator(".ledger-row.stale").first();
  assert.match(await stale.textContent(), /N1 sells to \w+.*stale: 1 came after 2/);
  const seals = await page.locator(".ledger-row .ledger-seal .seal-number").allTextContents();
  assert.ok(seals.includes("1") && seals.includes("2"), `seals of both terms: ${seals}`);
  assert.match(await ledger(page).textContent(), /Highest token seen/);
  assert.match(await page.locator(".ledger-foot").textContent(), /\d+ accepted, 0 refused: \d+ seats? sold twice\. N1 went on for .* after its successor stood up\./);
});

test("a row leads to the moment of its write", { at: "#/play/raft?scenario=raft-minority-writes&t=2300" }, async ({ page }) => {
  await page.locator(".ledger-row.stale button").first().click();
  assert.ok((await clock(page)) < 2300);
});

test("the same run with fencing on refuses the stale write, and the visitor's acts are kept", { at: "#/play/raft?scenario=raft-minority-writes&t=2300" }, async ({ page }) => {
  await page.locator(".stage [data-slot='2']").first().click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("3");
  await page.keyboard.press("p");
  const undo = () => act(page, "Undo").getAttribute("aria-label");
  assert.match(await undo(), /paused N3/);
  await act(page, "Replay").click();
  await page.waitForFunction(() => document.querySelector('[data-act="Fencing"]')?.checked);
  assert.match(await undo(), /paused N3/);
  // The address holds the run as it is now, fence and pause.
  await page.reload();
  await started(page);
  await page.waitForFunction(() => document.querySelector('[data-act="Fencing"]')?.checked);
  assert.match(await undo(), /paused N3/);
  if ((await act(page, "Play").getAttribute("aria-label")) === "Play") await act(page, "Play").click();
  await act(page, "Speed").selectOption({ label: "1" });
  const refused = page.locator(".ledger-row.refused").first();
  await refused.waitFor();
  assert.match(await refused.textContent(), /N1 sells to \w+.*refused: 1 is older than 2/);
  assert.equal(await page.locator(".ledger.corrupted").count(), 0);
  assert.equal(await page.locator(".ledger-row.stale").count(), 0);
  await act(page, "Replay").click();
  await page.waitForFunction(() => document.querySelector('[data-act="Fencing"]')?.checked === false);
});

test("the switch and the key F set the fence, and can be undone", { at: "#/play/zab?job=scheduler" }, async ({ page }) => {
  const box = act(page, "Fencing");
  await box.waitFor();
  assert.equal(await box.isChecked(), true);
  await page.keyboard.press("f");
  await page.waitForFunction(() => document.querySelector('[data-act="Fencing"]').checked === false);
  assert.match(await act(page, "Undo").getAttribute("aria-label"), /set Fencing to off/);
  await box.click();
  assert.equal(await box.isChecked(), true);
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelector('[data-act="Fencing"]').checked === false);
});

test("Bully has nothing to compare, unless the store grants tokens", { at: "#/play/bully?scenario=bully-two-coordinators&t=2300" }, async ({ page }) => {
  assert.equal(await act(page, "Fencing").isDisabled(), true);
  assert.match(await page.locator(".ledger-guard").textContent(), /no number to compare/);
  assert.match(await page.locator(".ledger-row.conflict").first().textContent(), /conflict/);
  assert.equal(await act(page, "Replay").textContent(), "Replay with tokens from the store");
  await act(page, "Replay").click();
  await act(page, "Speed").selectOption({ label: "1" });
  await page.locator(".ledger-row.refused").first().waitFor();
  assert.equal(await page.locator(".ledger-row.conflict").count(), 0);
});

test("leaders are given work, each job in its own words and shapes", { at: "#/play/raft" }, async ({ page }) => {
  const shapes = new Set();
  for (const [job, title, wrote] of [
    ["1", "Seat bookings", /N\d sells to \w+/],
    ["2", "Job ledger", /N\d (starts|finishes) \w+/],
    ["3", "Partition log", /N\d appends N\d-\d+/],
  ]) {
    if (job === "1") await page.locator(".work-card [data-job='1']").click();
    else {
      await page.keyboard.press("u");
      await act(page, "Work").selectOption(job);
      await page.keyboard.press("Escape");
    }
    await page.waitForFunction((title) => document.querySelector(".ledger h2")?.textContent === title, title);
    await page.locator(".ledger-row").first().waitFor();
    assert.match(await page.locator(".ledger-row").first().textContent(), wrote);
    shapes.add(await page.locator(".ledger-sign").innerHTML());
    assert.match(await page.locator(".ledger-work text").first().textContent(), /\d/, "the number it is known by");
  }
  assert.equal(shapes.size, 3, "each has a sign of its own");
});

test("what a stale leader did to a seat is drawn: the ticket that was written over is struck out", { at: "#/play/raft?scenario=raft-minority-writes&t=2300" }, async ({ page }) => {
  const struck = page.locator(".ledger-row.undone");
  await struck.first().waitFor();
  assert.match(await struck.first().textContent(), /written over by N\d/);
  assert.equal(await struck.first().locator(".ledger-work path").count(), 2, "a ticket and a stroke");
});

test("the stories of the store are in the list of scenarios", { at: "#/play/lease" }, async ({ page }) => {
  const stories = await page.locator('[data-act="Stories"]:visible optgroup[label="Leaders at the store"] option').evaluateAll((all) => all.map((option) => option.value));
  assert.deepEqual(stories, ["lease-paused-scheduler", "lease-slow-clock", "lease-store-grants"]);
});

test("on a phone the verdict is one line, and the ledger a touch away", { at: "#/play/raft?scenario=raft-minority-writes&fencing=on&t=1750", viewport: "phone" }, async ({ page }) => {
  const strip = act(page, "Store");
  assert.match(await strip.textContent(), /N\d sells to \w+/);
  await strip.click();
  await ledger(page).waitFor();
  assert.ok((await page.locator(".ledger-row").count()) > 1);
  assert.equal(await strip.getAttribute("aria-expanded"), "true");
});

testLooks("the ledger fits and can be read", { at: "#/play/raft?scenario=raft-minority-writes&t=2300", viewports: ["desktop", "projector", "phone"] }, async ({ page }) => {
  await page.locator(".ledger:visible, .store-strip:visible").first().waitFor();
  const sticksOut = () => {
    const room = document.querySelector(".stage-area").getBoundingClientRect();
    const parts = [...document.querySelectorAll(".ledger, .ledger-foot, .ledger-head, .store-strip")];
    return parts.map((part) => part.getBoundingClientRect()).filter((it) => it.right > room.right + 1 || it.bottom > room.bottom + 1).length;
  };
  assert.equal(await page.evaluate(sticksOut), 0);
  await expectAccessible(page);
});

test("how the fence is broken on purpose is chosen in the rules, and the ledger says so", { at: "#/play/zab?scenario=zab-read-then-write&t=3000" }, async ({ page }) => {
  const dialog = page.locator("dialog[open]");
  const guard = (part) =>
    page.waitForFunction((part) => document.querySelector(".ledger-guard")?.textContent.includes(part), part);
  await ledger(page).waitFor();
  await page.waitForFunction(() => document.querySelector('.ledger [data-act="Replay"]')?.textContent === "Replay, raising the fence first");
  await page.keyboard.press("u");
  await dialog.locator('[data-setting="fencing"] select').waitFor();
  for (const [way, says] of [["in_memory", "lost in a crash"], ["strict", "an equal token is refused"], ["check_then_apply", "checks first"]]) {
    const index = ["on", "off", "in_memory", "strict", "check_then_apply"].indexOf(way);
    const options = dialog.locator('[data-setting="fencing"] option');
    assert.ok((await options.count()) >= 5);
    await dialog.locator('[data-setting="fencing"] select').selectOption({ value: String(index) });
    await guard(says);
  }
  await dialog.locator('[data-setting="raise_fence"] input').check();
  await page.waitForFunction(() => /fence/i.test(document.querySelector('[data-act="Undo"]').getAttribute("aria-label")));
  await dialog.locator('[data-setting="clock_token"] input').check();
  await page.waitForFunction(() => /clock/i.test(document.querySelector('[data-act="Undo"]').getAttribute("aria-label")));
});

test("a ballot is shown to the store as the pair it compares", { at: "#/play/paxos?scenario=paxos-paused-leader&fencing=on&t=2290" }, async ({ page }) => {
  await page.locator(".ledger-row.refused").first().waitFor();
  assert.match(await page.locator(".ledger-row.refused").first().textContent(), /refused: 1·N4 is older than 2·N5/);
  assert.equal(await page.locator(".ledger-high span").first().textContent(), "Highest token seen: 2·N5");
});
