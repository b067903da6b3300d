// Compare: two runs, one clock, one set of faults.
import assert from "node:assert/strict";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const side = (page, name) => page.locator(`[data-side="${name}"]`);
const title = (page, name) => side(page, name).locator("h2").first().textContent();
const clock = async (page) => Number((await page.locator(".clock b").first().textContent()).replace(/\D/g, ""));
const cells = async (page, start) => {
  await page.locator(".measured tbody tr").first().waitFor();
  return page.locator(".measured tbody tr").filter({ hasText: start }).locator("td").allTextContents();
};

test("the leader of a minority: Raft refuses its write, Bully has two leaders", { at: "#/compare/raft+bully/minority?t=5000" }, async ({ page }) => {
  assert.match(await title(page, "right"), /store is corrupted|Two leaders/);
  const [, bully] = await cells(page, "Conflicting writes");
  assert.ok(Number(bully) > 0);
  const [raft, refusedByBully] = await cells(page, "Stale writes");
  assert.match(raft, /^[1-9]\d* of [1-9]/);
  assert.match(refusedByBully, /^0 of 0/);
  const [, two] = await cells(page, "Two leaders");
  assert.match(two, /so far$/);
  assert.match(await page.locator(".one-minute").textContent(), /Bully: there is no number to compare, so the store took \d+ conflicting writes?\./);
  // Whose write and what: nothing of a row is cut off.
  await page.locator(".lane .ledger-what").first().waitFor();
  assert.ok(await page.locator(".lane .ledger-what").evaluateAll((all) => all.every((it) => it.scrollWidth <= it.clientWidth + 1)));
});

test("one clock moves both, whatever moves it", { at: "#/compare/raft+paxos/none?t=2000" }, async ({ page }) => {
  await page.locator(".lane canvas").nth(1).waitFor();
  await act(page, "Step").click();
  const at = await clock(page);
  assert.ok(at >= 2000);
  await act(page, "StepBack").click();
  assert.ok((await clock(page)) <= at);
  await act(page, "Start").click();
  assert.equal(await clock(page), 0);
  assert.match(await title(page, "left"), /no leader yet/);
  assert.match(await title(page, "right"), /no leader yet/);
  await act(page, "Speed").selectOption({ label: "1" });
  await act(page, "Play").click();
  for (const name of ["left", "right"])
    await page.waitForFunction((name) => / leads /.test(document.querySelector(`[data-side="${name}"] h2`).textContent), name);
});

test("a fault finds its target on each side, and a side without one says so", { at: "#/compare/raft+bully/none?t=2000" }, async ({ page }) => {
  const down = (name) => side(page, name).locator(".nd.dead").count();
  await act(page, "CrashBoth").click();
  assert.deepEqual([await down("left"), await down("right")], [1, 1]);
  await act(page, "WakeBoth").click();
  assert.equal(await side(page, "left").locator(".lane-note").textContent(), "Nobody is paused here; skipped.");
  await act(page, "UndoBoth").click();
  assert.deepEqual([await down("left"), await down("right")], [0, 0]);
  await act(page, "TimeOutBoth").click();
  assert.equal(await side(page, "right").locator(".lane-note").textContent(), "No candidate here; skipped.");
});

test("the same algorithm with fencing off and on", { at: "#/compare/raft+raft/minority?fencing=off,on&t=5000" }, async ({ page }) => {
  const [off, on] = await cells(page, "Conflicting writes");
  assert.ok(Number(off) > 0);
  assert.equal(Number(on), 0);
  assert.match(await page.locator(".one-minute").textContent(), /Raft, not fenced: fencing is off/);
  await side(page, "right").locator('[data-act="Fenced"]').selectOption("off");
  assert.match(page.url(), /fencing=off,off/);
  assert.match(await page.locator(".one-minute").textContent(), /Same algorithm twice/);
});

test("from the header to Compare, and its pickers", async ({ page }) => {
  await page.locator(".pages a", { hasText: "Compare" }).click();
  await page.locator(".compare").waitFor();
  assert.equal(await page.locator('.pages a[aria-current="page"]').textContent(), "Compare");
  await side(page, "left").locator('[data-act="Family"]').selectOption("zab");
  await act(page, "Ordeal").selectOption("crash");
  assert.match(page.url(), /#\/compare\/zab\+bully\/crash/);
});

testLooks("the comparison fits and can be read", { at: "#/compare/raft+bully/minority?t=5000", viewports: ["desktop", "phone"] }, async ({ page }) => {
  await page.locator(".compare").waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  await expectAccessible(page);
});

test("what befell both sides is in the address, and a link of a pair opens Compare wherever it is opened", { at: "#/compare/raft+bully/none?t=2000", seconds: 60 }, async ({ page, url }) => {
  await act(page, "CrashBoth").click();
  await page.waitForFunction(() => /^#\/compare\/raft\+bully\/none\?s=1\./.test(location.hash));
  const told = async () => [await title(page, "left"), await title(page, "right"), await clock(page)];
  const before = await told();
  const link = page.url().split("?s=")[1];
  // On its own, in front of the fragment, pasted into an open page, and loaded again.
  for (const go of [
    () => page.goto(`${url}#s=${link}`),
    () => page.goto(`${url}?s=${link}`),
    async () => {
      await page.goto(`${url}#/play/raft`);
      await page.locator(".headline h1").waitFor();
      await page.evaluate((link) => (location.hash = `#s=${link}`), link);
    },
    async () => {
      await page.goto(`${url}#s=${link}`);
      await page.waitForFunction(() => document.querySelector('[data-side="right"] h2'));
      await page.reload();
    },
  ]) {
    await page.goto("about:blank");
    await page.goto(url).then(() => page.locator(".headline h1").waitFor());
    await go();
    await page.locator('[data-side="right"] h2').first().waitFor();
    await page.waitForFunction((there) => document.querySelector(".clock b").textContent.replace(/\D/g, "") === String(there), before[2]);
    assert.deepEqual(await told(), before);
    assert.equal(await page.locator(".complaints-lines").count(), 0);
  }
  await act(page, "UndoBoth").click();
  await page.waitForFunction(() => !/^Nobody hears|^Every/.test(document.querySelector('[data-side="left"] h2').textContent));
  await expectAccessible(page);
});

test("the link to both runs is copied", { at: "#/compare/raft+bully/none?t=2000" }, async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await side(page, "right").locator("h2").first().waitFor();
  await act(page, "CrashBoth").click();
  await act(page, "Share").click();
  await page.locator(".notice").getByText("The link to both runs is copied, with what befell them.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /#\/compare\/raft\+bully\/none\?s=1\./);
  assert.ok(copied.length < 600, `${copied.length} characters`);
  // Keys go on working: nothing is open.
  await page.keyboard.press("d");
  await page.keyboard.press("d");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
});

test("a fault aimed at a node finds it on both sides", { at: "#/compare/raft+zab/none?t=2000" }, async ({ page }) => {
  await side(page, "left").locator("[data-slot='2']").first().click();
  await page.waitForFunction(() => document.querySelector('[data-act="CrashBoth"]').textContent.includes("N3"));
  await act(page, "CrashBoth").click();
  await page.waitForFunction(() =>
    ["left", "right"].every((name) => /crashed|down/.test(document.querySelector(`[data-side="${name}"] [data-slot="2"]`).getAttribute("aria-label"))));
});

test("what is done to a message stays on its side, and says so", { at: "#/compare/raft+bully/none?t=2000", seconds: 60 }, async ({ page }) => {
  const message = side(page, "left").locator(".msg:not(.gone)").first();
  await side(page, "left").locator(".stage").first().waitFor();
  for (let tries = 0; tries < 60 && !(await message.isVisible()); tries += 1) await act(page, "Step").click();
  await message.dispatchEvent("pointerdown");
  const words = side(page, "left").locator(".one-sided");
  await words.waitFor();
  assert.match(await words.textContent(), /on this side only: what you do to it has no counterpart/);
  await act(page, "DropHere").click();
  await words.waitFor({ state: "detached" });
});
