// The space-time diagram as the timeline: mouse, wheel, keyboard, touch; and walking by meaning.
import assert from "node:assert/strict";
import { expectAccessible, test } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const clock = async (page) => Number((await page.locator(".clock b").textContent()).replace(/\D/g, ""));
const leads = (page) => page.waitForFunction(() => / leads term \d+Followed by /.test(document.querySelector(".headline")?.textContent ?? ""));

/** Led, some time in, and standing still. */
async function settled(page, until = 900) {
  await leads(page);
  await page.waitForFunction((at) => Number(document.querySelector(".clock b").textContent.replace(/\D/g, "")) > at, until);
  await page.keyboard.press("Space");
  await page.waitForFunction(() => document.querySelector('[data-act="Play"]')?.getAttribute("aria-label") === "Play");
  await page.waitForTimeout(200);
}

/** The moment under a point of the diagram, told by going there with the keys' step: a short drag. */
async function momentAt(page, x) {
  const room = await act(page, "Timeline").boundingBox();
  const y = room.y + room.height - 8;
  await page.mouse.move(room.x + x - 8, y);
  await page.mouse.down();
  await page.mouse.move(room.x + x, y, { steps: 3 });
  await page.mouse.up();
  return clock(page);
}

test("the timeline is dragged to any moment, and the wheel zooms around the pointer", async ({ page }) => {
  await settled(page);
  const [near, far] = [await momentAt(page, 250), await momentAt(page, 450)];
  assert.ok(far > near, "later moments lie to the right");
  const room = await act(page, "Timeline").boundingBox();
  await page.mouse.move(room.x + 250, room.y + 90);
  for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, -120);
  const [stays, closer] = [await momentAt(page, 250), await momentAt(page, 450)];
  assert.ok(Math.abs(stays - near) <= 4, `what is under the pointer stays there: ${near} became ${stays}`);
  assert.ok(closer - stays < (far - near) * 0.6, `it is closer: ${far - near} became ${closer - stays}`);
  await page.keyboard.down("Shift");
  await page.mouse.move(room.x + 250, room.y + 90);
  await page.mouse.wheel(0, 200);
  await page.keyboard.up("Shift");
  assert.ok((await momentAt(page, 250)) > stays, "Shift and the wheel go along");
});

test("the timeline by keyboard is a slider that says where it stands", async ({ page }) => {
  await settled(page);
  const slider = act(page, "Timeline");
  await slider.focus();
  assert.equal(await slider.getAttribute("role"), "slider");
  await page.keyboard.press("Home");
  assert.equal(await clock(page), 0);
  const step = async () => {
    const before = await clock(page);
    await page.keyboard.press("ArrowRight");
    return (await clock(page)) - before;
  };
  const wide = await step();
  for (let time = 0; time < 3; time += 1) await page.keyboard.press("+");
  const fine = await step();
  assert.ok(fine < wide && fine >= 1, `steps follow the zoom: ${wide} then ${fine}`);
  await page.keyboard.press("End");
  assert.match(await slider.getAttribute("aria-valuetext"), /^\d+ milliseconds\. N\d leads term \d+$/);
  assert.equal(await slider.getAttribute("aria-valuenow"), await slider.getAttribute("aria-valuemax"));
  await page.keyboard.press("0");
  await page.keyboard.press("-");
  await page.keyboard.press("PageDown");
  assert.ok((await clock(page)) < Number(await slider.getAttribute("aria-valuemax")));
});

test("a message is pointed at, and a click goes to its moment and opens it", async ({ page }) => {
  await settled(page);
  const here = await clock(page);
  const room = await act(page, "Timeline").boundingBox();
  let found = "";
  for (let x = 80; x < 900 && !found; x += 5) {
    await page.mouse.move(room.x + x, room.y + 62);
    found = (await page.locator(".time-tip").count()) ? await page.locator(".time-tip").textContent() : "";
  }
  assert.match(found, /N\d/, "what lies under the pointer is said");
  await page.mouse.down();
  await page.mouse.up();
  assert.ok((await clock(page)) < here);
  await page.locator('[data-panel="node"] h2').waitFor();
  assert.match(await page.locator('[data-panel="node"] .chip').textContent(), /^N\d to N\d$/);
});

test("the timeline is painted at most ten times a second, and not at all while nothing changes", async ({ page }) => {
  await leads(page);
  const painted = (seconds) =>
    page.evaluate(async (span) => {
      let count = 0;
      const kinds = [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D].map((kind) => kind.prototype);
      const [clear, clearApart] = kinds.map((kind) => kind.clearRect);
      const counted = (own) =>
        function (...room) {
          count += 1;
          return own.apply(this, room);
        };
      kinds[0].clearRect = counted(clear);
      kinds[1].clearRect = counted(clearApart);
      await new Promise((done) => setTimeout(done, span * 1000));
      kinds[0].clearRect = clear;
      kinds[1].clearRect = clearApart;
      return count / span;
    }, seconds);
  const playing = await painted(2);
  assert.ok(playing > 0.5 && playing <= 10, `${playing} times a second`);
  await page.keyboard.press("Space");
  await page.waitForTimeout(300);
  assert.equal(await painted(1), 0);
});

test("two fingers zoom the timeline, one finger scrubs it", { viewport: "phone" }, async ({ page, context }) => {
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 2 });
  await leads(page);
  await page.locator('[data-tab="timeline"]:visible').last().click();
  await act(page, "Play").click();
  await page.waitForTimeout(300);
  const slider = act(page, "Timeline");
  const room = await slider.boundingBox();
  const y = room.y + room.height - 10;
  const touch = (type, ...xs) => cdp.send("Input.dispatchTouchEvent", { type, touchPoints: xs.map((x, id) => ({ x: room.x + x, y, id })) });
  const scrubTo = async (x) => {
    await touch("touchStart", x - 12);
    await touch("touchMove", x - 4);
    await touch("touchMove", x);
    await touch("touchEnd");
    await page.waitForTimeout(100);
    return clock(page);
  };
  const [near, far] = [await scrubTo(110), await scrubTo(190)];
  assert.ok(far > near, "one finger scrubs");
  await touch("touchStart", 120, 180);
  await touch("touchMove", 100, 200);
  await touch("touchMove", 80, 220);
  await touch("touchMove", 60, 240);
  await touch("touchEnd");
  const [left, right] = [await scrubTo(110), await scrubTo(190)];
  assert.ok(right - left < (far - near) * 0.8, `two fingers zoom: ${far - near} became ${right - left}`);
});

test("a run is walked by meaning, and a search in vain says so", async ({ page }) => {
  await settled(page);
  const here = await clock(page);
  await act(page, "WalkBy").selectOption({ label: "Elections" });
  await act(page, "PreviousMilestone").click();
  const election = await clock(page);
  assert.ok(election < here);
  assert.match(await page.locator(".headline h1").textContent(), /^Election in term \d+$|asks before it runs$/);
  await act(page, "WalkBy").selectOption({ label: "Leader changes" });
  await page.keyboard.press("Shift+ArrowRight");
  assert.ok((await clock(page)) > election);
  assert.match(await page.locator(".headline h1").textContent(), /leads term/);
  await act(page, "WalkBy").selectOption({ label: "Broken promises" });
  const there = await clock(page);
  await act(page, "Milestone").click();
  await page.locator(".notice", { hasText: "There is none" }).waitFor();
  assert.equal(await clock(page), there, "it stays where it was");
});

test("the timeline is accessible", async ({ page }) => {
  await settled(page);
  await expectAccessible(page);
});
