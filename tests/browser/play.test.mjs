// Play for Raft: every control by mouse and by keyboard, and what the page says of it.
import assert from "node:assert/strict";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const title = (page) => page.locator(".headline h1").textContent();
const leads = (page) => page.waitForFunction(() => / leads term \d+Followed by /.test(document.querySelector(".headline")?.textContent ?? ""));
const clock = async (page) => Number((await page.locator(".clock b").textContent()).replace(/\D/g, ""));
const paused = (page) => page.waitForFunction(() => document.querySelector('[data-act="Play"]')?.getAttribute("aria-label") === "Play");
const undoName = (page) => page.locator('[data-act="Undo"]:visible').first().getAttribute("aria-label");

/** Leads, and stands still. */
async function settled(page) {
  await leads(page);
  await act(page, "Play").click();
  await paused(page);
}

test("the first leader stands within four seconds of wall time at the default speed", async ({ page }) => {
  await page.waitForFunction(() => / leads term /.test(document.querySelector(".headline h1")?.textContent ?? ""));
  // Read off the run, not off a watch: this machine may be busy, and then frames are rare and time passes slower.
  await act(page, "Play").click();
  await paused(page);
  await act(page, "WalkBy").selectOption({ label: "Leader changes" });
  await act(page, "Start").click();
  await act(page, "Milestone").click();
  const began = await clock(page);
  const [over, under = 1] = (await act(page, "Speed").evaluate((select) => select.selectedOptions[0].textContent)).split("/").map(Number);
  assert.ok((began * under) / over <= 4000, `at ${began} ms, at a speed of ${over}/${under}`);
});

test("time by mouse: play, pause, step, back, milestones, start, live, speed, clock", async ({ page }) => {
  await settled(page);
  const here = await clock(page);
  await act(page, "StepBack").click();
  await page.waitForFunction((then) => Number(document.querySelector(".clock b").textContent.replace(/\D/g, "")) <= then, here);
  await act(page, "Step").click();
  await act(page, "Milestone").click();
  assert.ok((await clock(page)) > here, "the next milestone lies ahead");
  await act(page, "Start").click();
  assert.equal(await clock(page), 0);
  assert.match(await title(page), /no leader yet/);
  await act(page, "Live").click();
  assert.ok((await clock(page)) > here);
  await act(page, "Clock").click();
  await page.keyboard.type("250");
  await page.keyboard.press("Enter");
  assert.equal(await clock(page), 250);
  await act(page, "Speed").selectOption({ label: "1/50" });
  await act(page, "Play").click();
  await page.waitForFunction(() => Number(document.querySelector(".clock b").textContent.replace(/\D/g, "")) > 251);
});

test("time by keyboard", async ({ page }) => {
  await leads(page);
  await page.keyboard.press("Space");
  await paused(page);
  const here = await clock(page);
  await page.keyboard.press("Home");
  assert.equal(await clock(page), 0);
  await page.keyboard.press("Shift+ArrowRight");
  const milestone = await clock(page);
  assert.ok(milestone > 0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await clock(page), milestone, "a step back undoes a step");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowLeft");
  assert.equal(await clock(page), milestone);
  await page.keyboard.press("End");
  assert.ok((await clock(page)) >= here);
  const speed = await act(page, "Speed").inputValue();
  await page.keyboard.press("]");
  assert.notEqual(await act(page, "Speed").inputValue(), speed);
  await act(page, "Timeline").focus();
  await page.keyboard.press("Home");
  assert.equal(await clock(page), 0);
  await page.keyboard.press("PageUp");
  assert.ok((await clock(page)) > 0);
});

test("the run is dragged to any moment", async ({ page }) => {
  await settled(page);
  const here = await clock(page);
  const line = await act(page, "Timeline").boundingBox();
  await page.mouse.move(line.x + line.width * 0.15, line.y + line.height / 2);
  await page.mouse.down();
  await page.mouse.move(line.x + line.width * 0.1, line.y + line.height / 2, { steps: 4 });
  await page.mouse.up();
  assert.ok((await clock(page)) < here);
});

test("a click that kills the leader shows within two frames", async ({ page }) => {
  await settled(page);
  const frames = await page.evaluate(async () => {
    const button = document.querySelector('.act-bar [data-act="CrashOrRestart"]');
    const isShown = () => document.querySelector(".stage .nd.dead") !== null;
    button.click();
    for (let frame = 0; frame < 10; frame += 1) {
      if (isShown()) return frame;
      await new Promise(requestAnimationFrame);
    }
    return Infinity;
  });
  assert.ok(frames <= 2, `it took ${frames} frames`);
  assert.match(await title(page), /^Nobody hears N\d$/);
  await act(page, "Play").click();
  await leads(page);
});

test("every act by its key, and undone again", async ({ page }) => {
  await settled(page);
  await page.keyboard.press("2");
  for (const [key, said] of [
    ["k", /crashed N2/],
    ["k", /restarted N2/],
    ["p", /paused N2/],
    ["p", /resumed N2/],
    ["c", /cut off N2/],
    ["c", /mended the links of N2/],
    ["t", /timer of N2/],
    ["w", /asked N2 to write/],
    ["r", /asked N2 to read/],
    ["h", /healed all links/],
  ]) {
    await page.keyboard.press(key);
    assert.match(await undoName(page), said, `after ${key}`);
  }
  for (let count = 0; count < 10; count += 1) await page.keyboard.press("Control+z");
  assert.equal(await undoName(page), "Nothing to undo");
  await page.keyboard.press("Control+Shift+z");
  assert.match(await undoName(page), /crashed N2/);
});

test("the same acts by mouse, on the leader", async ({ page }) => {
  await settled(page);
  for (const [name, said] of [
    ["Write", /asked N\d to write/],
    ["TimeOutNow", /timer of N\d/],
    ["CutOffOrRejoin", /cut off N\d/],
    ["Heal", /healed/],
    ["PauseOrResume", /paused N\d/],
    ["CrashOrRestart", /crashed N\d/],
  ]) {
    await act(page, name).click();
    assert.match(await undoName(page), said);
  }
  await act(page, "Undo").click();
  assert.match(await undoName(page), /paused N\d/);
  await act(page, "Redo").click();
  assert.match(await undoName(page), /crashed N\d/);
});

test("a node's menu, by mouse and by keyboard", async ({ page }) => {
  await settled(page);
  await page.locator(".stage .node").nth(1).click();
  await page.locator(".menu").getByText("Pause").click();
  assert.match(await undoName(page), /paused N2/);
  await page.locator(".stage [data-slot]").first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".menu").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".menu").count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement.hasAttribute("data-slot")), "the focus went back");
  await page.keyboard.press("Enter");
  await page.locator(".menu").getByText("More").click();
  await page.locator(".menu").getByText("Wipe disk").click();
  assert.match(await undoName(page), /wiped the disk of N1/);
  assert.ok((await page.locator(".prom .no").count()) > 0, "promises are withdrawn");
});

test("a link is cut one way, both ways, and restored", async ({ page }) => {
  await settled(page);
  // A link with nothing in flight over its middle: messages lie above links, and take the click.
  const middle = await page.evaluate(() => {
    for (const hit of document.querySelectorAll(".stage .link .hit")) {
      const box = hit.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      if (document.elementFromPoint(x, y) === hit) return { x, y };
    }
  });
  await page.mouse.click(middle.x, middle.y);
  await page.locator('.menu [data-link-act="CutThere"]').click();
  assert.match(await undoName(page), /cut the link from/);
  await page.keyboard.press("l");
  const row = page.locator("[data-link-row]").first();
  await row.locator('[data-link-act="CutBoth"]').click();
  assert.match(await row.locator(".row-state").textContent(), /cut both ways/);
  await row.locator('[data-link-act="Slow"]').click();
  await row.locator('[data-link-act="Lossy"]').click();
  await row.locator('[data-link-act="Restore"]').click();
  assert.match(await row.locator(".row-state").textContent(), /open/);
});

test("the network is split by dialog and healed; two leaders are told apart", { seconds: 60 }, async ({ page }) => {
  await settled(page);
  const old = (await title(page)).split(" ")[0];
  await page.keyboard.press("x");
  await page.locator("dialog[open]").getByText("Leader + 1").click();
  await page.locator('[data-act="Split"]').click();
  await act(page, "Speed").selectOption({ label: "1/2" });
  await act(page, "Play").click();
  await page.waitForFunction(() => /^Two leaders/.test(document.querySelector(".headline h1").textContent), null, { timeout: 15000 });
  await act(page, "Play").click();
  const why = await page.locator(".headline-why").textContent();
  assert.match(why, /^Only N\d can reach a majority\. Why\?$/);
  assert.ok(!why.includes(old));
  assert.match(await page.locator("#alarms").textContent(), /^Warning\. Two leaders/);
  assert.ok(await page.locator(".stage-area.alarmed .bang").isVisible());
  assert.equal(await page.locator(".prom .broken").count(), 0);
  await expectAccessible(page);
  await page.keyboard.press("h");
  assert.match(await undoName(page), /healed/);
});

test("a message is dropped from the list", async ({ page }) => {
  await leads(page);
  await act(page, "Play").click();
  for (let tries = 0; tries < 60 && !(await page.evaluate(() => document.querySelectorAll(".msg:not(.gone)").length)); tries += 1)
    await page.keyboard.press("ArrowRight");
  await page.keyboard.press("l");
  await page.locator('[data-message-act="Drop"]').first().click();
  assert.match(await undoName(page), /dropped a message/);
});

test("rules are tuned in the run, warned of, and undone", async ({ page }) => {
  await settled(page);
  await page.keyboard.press("u");
  const dialog = page.locator("dialog[open]");
  await dialog.locator('[data-setting="pre_vote"] input').check();
  assert.match(await undoName(page), /set PreVote to on/);
  await dialog.locator('[data-setting="latency"] input').nth(1).evaluate((slider) => {
    slider.value = slider.max;
    slider.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await dialog.locator(".timing-rule.warns").waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  assert.equal(await undoName(page), "Nothing to undo");
});

test("set-up: nodes, timing, scenario, seed, reset", async ({ page }) => {
  await act(page, "Nodes").selectOption("4");
  await page.locator(".notice").getByText("4 nodes: a majority is 3, so it survives only 1 failure.").waitFor();
  assert.equal(await page.locator(".stage .node").count(), 4);
  for (const size of ["3", "7", "9"]) {
    await act(page, "Nodes").selectOption(size);
    await page.waitForFunction((count) => document.querySelectorAll(".stage .node").length === Number(count), size);
  }
  await act(page, "Timing").selectOption("etcd");
  assert.match(await page.locator(".rules-text").textContent(), /PreVote on/);
  await act(page, "Stories").selectOption({ index: 1 });
  assert.match(page.url(), /scene=/);
  await act(page, "NextSeed").click();
  await act(page, "Seed").fill("4127");
  await act(page, "Seed").press("Enter");
  assert.match(page.url(), /seed=4127/);
  await act(page, "CrashOrRestart").click();
  await act(page, "Reset").click();
  assert.equal(await undoName(page), "Nothing to undo");
});

test("the log is filtered and leads to moments", async ({ page }) => {
  await settled(page);
  await page.keyboard.press("e");
  const rows = page.locator(".log-row");
  await rows.nth(3).waitFor();
  const all = await rows.count();
  assert.ok(all > 3);
  await page.getByLabel("Find in the log").fill("is leader");
  await page.waitForFunction((before) => document.querySelectorAll(".log-row").length < before, all);
  await rows.first().locator(".linkish").click();
  await page.locator(".why-panel").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await rows.first().locator(".ev").click();
  await page.keyboard.press("Escape");
  assert.match(await title(page), / leads term /);
});

test("table, keys, theme, projector", async ({ page }) => {
  await settled(page);
  await page.keyboard.press("v");
  await page.locator(".table-view tbody tr").first().waitFor();
  assert.equal(await page.locator(".table-view tbody tr").count(), 5);
  await expectAccessible(page);
  await page.keyboard.press("v");
  await page.keyboard.press("d");
  await page.keyboard.press("d");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.keyboard.press("j");
  assert.ok(await page.locator(".rail").isHidden());
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  await page.locator("dialog[open]").getByLabel("Single letters are shortcuts").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("k");
  assert.equal(await undoName(page), "Nothing to undo");
});

test("under reduced motion it opens paused, with a leader", { reducedMotion: true }, async ({ page }) => {
  assert.match(await title(page), / leads term /);
  await paused(page);
});

test("no frame is asked for while it is paused", async ({ page }) => {
  await settled(page);
  const frames = await page.evaluate(async () => {
    let asked = 0;
    const real = window.requestAnimationFrame;
    window.requestAnimationFrame = (then) => {
      asked += 1;
      return real.call(window, then);
    };
    await new Promise((resolve) => setTimeout(resolve, 600));
    window.requestAnimationFrame = real;
    return asked;
  });
  assert.equal(frames, 0);
});

test("after a failure a report can be copied and the run reset", { errors: [/./] }, async ({ page }) => {
  await settled(page);
  await page.evaluate(() => {
    document.documentElement.dataset.failure = "panicked at a test";
    dispatchEvent(new Event("conclave-failed"));
  });
  await page.locator("#rescue pre").getByText("panicked at a test").waitFor();
  await expectAccessible(page);
  await page.locator("#rescue").getByText("Go back ten seconds").click();
  // It stands still there, so that the failure does not simply come again.
  await page.locator("#rescue").waitFor({ state: "detached" });
  await paused(page);
  await act(page, "Play").click();
  await leads(page);
});

test("an embed opens still, takes no focus, and plays", { at: "#/embed/raft", viewport: "embed" }, async ({ page }) => {
  assert.ok(await page.evaluate(() => document.activeElement === document.body));
  await paused(page);
  await act(page, "Play").click();
  await page.waitForFunction(() => document.querySelector('[data-act="Play"]')?.getAttribute("aria-label") === "Pause");
  await expectAccessible(page);
});

for (const width of [320, 375, 480, 640, 768, 900, 1024, 1280, 1440, 1920])
  test(`nothing is wider than the window at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: width < 700 ? 800 : 900 });
    await leads(page);
    const found = await page.evaluate(() => {
      const inside = (element) => element.closest(".sr,dialog,.tabs,.menu,svg");
      const wide = [...document.querySelectorAll("button,select,input,h1,h2")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && !inside(element) && (box.right > innerWidth + 1 || box.left < -1);
      });
      return [document.documentElement.scrollWidth - innerWidth, ...wide.map((element) => element.outerHTML.slice(0, 90))];
    });
    assert.deepEqual(found, [0]);
  });

testLooks("a run with a chosen node is accessible", { viewports: ["desktop", "phone"] }, async ({ page }) => {
  await leads(page);
  await page.keyboard.press("2");
  await expectAccessible(page);
});

test("at 375 px fingers reach everything", { viewport: "phone" }, async ({ page }) => {
  await settled(page);
  for (const tab of ["events", "promises", "timeline", "node"]) await page.locator(`[data-tab="${tab}"][role=tab]`).click();
  await page.locator("[data-pick=N2]").click();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button,select,input")]
      .map((element) => ({ text: element.outerHTML.slice(0, 80), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
      .map(({ text }) => text),
  );
  assert.deepEqual(small, []);
  await page.locator(".selected").getByText("Crash").click();
  await act(page, "Setup").click();
  await page.locator("dialog[open]").getByText("Links and messages").click();
  await page.locator("[data-link-row]").first().waitFor();
});

test("ten thousand random actions break nothing", { seconds: 150 }, async ({ page }) => {
  await leads(page);
  const result = await page.evaluate(async () => {
    // A small generator of its own, so that a failure can be seen again.
    let seed = 20_261_123;
    const random = (below) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((seed / 0x80000000) * below);
    };
    const KEYS = [..."kpctwrhkpchw123450[]", " ", "ArrowLeft", "ArrowRight", "ArrowRight", "Escape", "End"];
    const SELECTORS = [".act-bar button", ".transport button:not([data-act=Clock])", ".acts button", ".ev", "[data-link-act]", "[data-message-act]", ".menu button", ".node", ".chip-button"];
    const press = (key, options = {}) =>
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));
    const began = performance.now();
    let done = 0;
    for (; done < 10_000 && performance.now() - began < 100_000; done += 1) {
      const dice = random(100);
      if (dice < 45) press(KEYS[random(KEYS.length)]);
      else if (dice < 50) press("z", { ctrlKey: true, shiftKey: random(2) === 1 });
      else {
        const found = [...document.querySelectorAll(SELECTORS[random(SELECTORS.length)])];
        const target = found[random(found.length)];
        target?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      }
      for (const open of document.querySelectorAll("dialog[open]")) if (random(4) === 0) open.close();
      if (done % 400 === 399) document.querySelector("[data-act=Reset]").click();
      if (done % 50 === 49) await new Promise(requestAnimationFrame);
    }
    return {
      done,
      broken: [...document.querySelectorAll(".prom .broken")].map((line) => line.textContent),
      failure: document.documentElement.dataset.failure ?? "",
      title: document.querySelector(".headline h1").textContent,
    };
  });
  assert.equal(result.failure, "");
  assert.deepEqual(result.broken, []);
  assert.ok(result.title.length > 0);
  assert.equal(result.done, 10_000, "not all actions were done in time");
});

test("nothing moves by itself while it plays", async ({ page }) => {
  await page.evaluate(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await leads(page);
  await page.waitForTimeout(1500);
  const shift = await page.evaluate(() => window.shift);
  assert.ok(shift < 0.02, `layout shift ${shift}`);
});

testLooks("a low window leaves most of its height to the stage", { viewports: ["embed", "narrow embed"] }, async ({ page }) => {
  await page.locator(".first-hint", { hasText: "Crash the leader" }).waitFor();
  const part = await page.locator(".stage").evaluate((stage) => stage.getBoundingClientRect().height / innerHeight);
  const wanted = page.viewportSize().width > 600 ? 0.7 : 0.5;
  assert.ok(part >= wanted, `${part.toFixed(2)} of the height`);
  const width = await page.locator(".stage .node").first().evaluate((node) => node.getBoundingClientRect().width);
  assert.ok(width >= 64, `a node is ${width} px wide`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is cut at the right");
});
