// What hands do on the stage: a line drawn by mouse, fingers on a phone; and the run that rests when nobody sees it.
import assert from "node:assert/strict";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const clock = async (page) => Number((await page.locator(".clock b").textContent()).replace(/\D/g, ""));
const leads = (page) => page.waitForFunction(() => / leads term \d+Followed by /.test(document.querySelector(".headline")?.textContent ?? ""));
const undone = (page) => page.locator('[data-act="Undo"]').first().getAttribute("aria-label");

async function settled(page) {
  await leads(page);
  await page.keyboard.press("Space");
  await page.waitForFunction(() => document.querySelector('[data-act="Play"]')?.getAttribute("aria-label") === "Play");
}

/** Where the n-th node is on the screen. */
async function middleOf(page, nth) {
  const box = await page.locator(".stage .node").nth(nth).boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("a line drawn across the stage by mouse parts the nodes on either side of it", async ({ page }) => {
  await settled(page);
  const before = await undone(page);
  await page.keyboard.press("x");
  await page.locator("dialog[open]").getByText("Draw a line instead").click();
  const pad = await page.locator(".divide").boundingBox();
  // Between N1, N2 and the rest: two nodes follow each other on the ring, the line passes between their neighbours.
  const [n1, n2, n3, n5] = [await middleOf(page, 0), await middleOf(page, 1), await middleOf(page, 2), await middleOf(page, 4)];
  const between = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const [a, b] = [between(n1, n5), between(n2, n3)];
  const beyond = (p, q, by) => ({ x: p.x + (p.x - q.x) * by, y: p.y + (p.y - q.y) * by });
  const inside = ({ x, y }) => ({ x: Math.min(Math.max(x, pad.x + 4), pad.x + pad.width - 4), y: Math.min(Math.max(y, pad.y + 4), pad.y + pad.height - 4) });
  const [from, to] = [inside(beyond(a, b, 0.4)), inside(beyond(b, a, 0.4))];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  const sides = await page.locator(".divide-sides").textContent();
  assert.match(sides, /N1.*N2/, "both sides are named while it is drawn");
  assert.match(sides, /N3.*N4.*N5/);
  await page.mouse.up();
  assert.equal(await page.locator(".divide").count(), 0, "the line is drawn once");
  assert.notEqual(await undone(page), before);
  assert.match(await undone(page), /cut|split|parted/i);
  await page.keyboard.press("l");
  const cut = await page.locator("[data-link-row] .row-state").evaluateAll((rows) => rows.filter((row) => /cut both ways/.test(row.textContent)).length);
  assert.equal(cut, 6, "two on one side, three on the other");
});

test("a line that parts nobody does nothing, and Escape leaves the drawing", async ({ page }) => {
  await settled(page);
  await page.keyboard.press("x");
  await page.locator("dialog[open]").getByText("Draw a line instead").click();
  const pad = await page.locator(".divide").boundingBox();
  await page.mouse.move(pad.x + pad.width - 30, pad.y + 10);
  await page.mouse.down();
  await page.mouse.move(pad.x + pad.width - 6, pad.y + 30, { steps: 4 });
  await page.mouse.up();
  assert.equal(await undone(page), "Nothing to undo");
  assert.equal(await page.locator(".divide").count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".divide").count(), 0);
});

/** Touches as the system sends them, not clicks by another name. */
async function fingers(context) {
  const cdp = await context.newCDPSession(context.pages()[0]);
  await cdp.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 1 });
  return async ({ x, y }) => {
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y, id: 0 }] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
}

/** Its middle, once it rests where a finger meets it and nothing else; at least 44 pixels each way. */
async function target(locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  assert.ok(box.width >= 44 && box.height >= 43.9, `a finger needs 44 pixels: ${JSON.stringify(box)}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("on a phone a finger crashes a node and cuts a link", { viewport: "phone", seconds: 60 }, async ({ page, context }) => {
  const touch = await fingers(context);
  await leads(page);
  await touch(await target(act(page, "Play")));
  await page.waitForFunction(() => document.querySelector('[data-act="Play"]')?.getAttribute("aria-label") === "Play");
  await touch(await middleOf(page, 1));
  const crash = page.locator(".menu button").filter({ hasText: "Crash" }).first();
  await crash.waitFor();
  await touch(await target(crash));
  await page.locator(".stage .nd.dead").waitFor();
  assert.match(await undone(page), /crashed N2/);
  // A link with nothing in flight near its middle: a finger is wide, and messages lie above links.
  const middle = await page.evaluate(() => {
    const centre = (element) => {
      const box = element.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2, element };
    };
    const others = [...document.querySelectorAll(".stage .msg")].map(centre);
    const room = ({ x, y }) => Math.min(1e9, ...others.map((other) => Math.hypot(other.x - x, other.y - y)));
    const links = [...document.querySelectorAll(".stage .link .hit")].map(centre);
    const free = links.filter(({ x, y, element }) => document.elementFromPoint(x, y) === element);
    const [best] = free.sort((a, b) => room(b) - room(a));
    return best && { x: best.x, y: best.y };
  });
  assert.ok(middle, "there is a link that can be touched");
  await touch(middle);
  const cut = page.locator('.menu [data-link-act="CutBoth"]');
  await cut.waitFor();
  await touch(await target(cut));
  await page.waitForFunction(() => /cut the link/.test(document.querySelector('[data-act="Undo"]').getAttribute("aria-label")));
});

/** How far the run goes in a second of wall time, how many frames it asks for, and the main thread's share of it. */
async function activity(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const busy = async () => (await cdp.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  const [began, spent] = [await clock(page), await busy()];
  const frames = await page.evaluate(async () => {
    let asked = 0;
    const real = window.requestAnimationFrame;
    window.requestAnimationFrame = (then) => ((asked += 1), real.call(window, then));
    await new Promise((done) => setTimeout(done, 1000));
    window.requestAnimationFrame = real;
    return asked;
  });
  const result = { frames, busy: (await busy()) - spent, went: (await clock(page)) - began };
  await cdp.detach();
  return result;
}

const rests = ({ frames, busy, went }, where) => {
  assert.deepEqual({ frames, went }, { frames: 0, went: 0 }, where);
  assert.ok(busy < 0.1, `${where}: the main thread worked ${Math.round(busy * 1000)} ms in a second`);
};

test("a hidden page rests, and goes on when it is seen again", async ({ page }) => {
  await leads(page);
  const hide = (hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);
  await page.waitForTimeout(400);
  rests(await activity(page), "hidden");
  await hide(false);
  const { went, frames } = await activity(page);
  assert.ok(went > 0 && went < 600 && frames > 0, `it goes on where it was, at its speed: ${went} ms`);
});

test("a stage that is scrolled off the screen rests", async ({ page }) => {
  await leads(page);
  await page.evaluate(() => (document.body.style.paddingTop = "3000px"));
  await page.waitForTimeout(400);
  rests(await activity(page), "off screen");
  await page.evaluate(() => document.querySelector("#stage").scrollIntoView());
  await page.waitForTimeout(200);
  assert.ok((await activity(page)).went > 0);
});

test("nothing goes wrong unseen anywhere on the page", async ({ page }) => {
  // Errors and promises that nobody caught fail any test here; warnings of the browser about the page do in this one.
  const said = [];
  page.on("console", (message) => ["error", "warning", "assert"].includes(message.type()) && said.push(message.text()));
  await settled(page);
  for (const key of ["k", "Space", "e", "Escape", "l", "Escape", "u", "Escape", "s", "Escape", "o", "Escape", "v", "v", "j", "j", "q", "Escape"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
  assert.deepEqual(said, []);
});

const newest = (page) => page.locator('[data-panel="subtitle"]').textContent();

testLooks("projector mode says the newest event in large type, and rings the pointer", { viewports: ["desktop", "projector", "phone"], seconds: 60 }, async ({ page }) => {
  await settled(page);
  await page.keyboard.press("j");
  const line = page.locator('[data-panel="subtitle"]');
  await line.waitFor();
  const before = await newest(page);
  assert.match(before, /^[\d\s]+ ms\S/);
  const size = await line.evaluate((line) => [parseFloat(getComputedStyle(line).fontSize), parseFloat(getComputedStyle(document.documentElement).fontSize)]);
  // On a phone the picture comes first.
  const isSmall = page.viewportSize().width < 1000;
  assert.ok(isSmall || size[0] >= 1.3 * size[1], `large type: ${size}`);
  const height = (await line.boundingBox()).height;
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("PageDown");
  assert.notEqual(await newest(page), before, "it goes along with the presenter's remote");
  assert.equal((await line.boundingBox()).height, height, "and nothing shifts");
  assert.equal(await page.locator(".pointer-ring").count(), 0, "no ring before anybody points");
  await page.mouse.move(200, 300);
  await page.mouse.move(210, 310);
  const ring = await page.locator(".pointer-ring").boundingBox();
  assert.ok(Math.abs(ring.x + ring.width / 2 - 210) < 2 && Math.abs(ring.y + ring.height / 2 - 310) < 2, JSON.stringify(ring));
  await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await page.keyboard.press("j");
  assert.equal(await line.count(), 0);
  assert.equal(await page.locator(".pointer-ring").count(), 0);
});

test("a node is dragged on the picture only, and put back", async ({ page }) => {
  await leads(page);
  await page.keyboard.press("Space");
  const node = page.locator('[data-slot="1"]');
  const at = async () => {
    const room = await node.boundingBox();
    return [room.x + room.width / 2, room.y + room.height / 2];
  };
  const [x, y] = await at();
  const run = await page.evaluate(() => location.hash);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 30, y - 40, { steps: 4 });
  await page.mouse.up();
  const near = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]) < 2;
  assert.ok(near(await at(), [x - 30, y - 40]), `dragged to ${await at()}`);
  assert.equal(await page.locator(".menu").count(), 0, "a drag is not a click");
  assert.equal(await page.evaluate(() => location.hash), run, "nothing of it is in the run");
  await node.focus();
  await page.keyboard.press("Alt+ArrowDown");
  assert.ok(near(await at(), [x - 30, y - 24]), `pushed to ${await at()}`);
  await page.getByRole("button", { name: "Put nodes back" }).click();
  assert.ok(near(await at(), [x, y]));
  assert.equal(await page.getByRole("button", { name: "Put nodes back" }).count(), 0);
  await page.mouse.click(x, y);
  await page.locator(".menu").waitFor();
});

test("in a frame a node stays where it is", { at: "#/embed/raft", viewport: "embed" }, async ({ page }) => {
  const node = page.locator('[data-slot="1"]');
  await page.waitForFunction(() => document.querySelectorAll(".node").length === 5);
  await page.waitForTimeout(1000);
  const before = await node.boundingBox();
  await page.mouse.move(before.x + 20, before.y + 20);
  await page.mouse.down();
  await page.mouse.move(before.x - 20, before.y + 60, { steps: 4 });
  await page.mouse.up();
  assert.deepEqual(await node.boundingBox(), before);
});
