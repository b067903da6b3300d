// Conclave inside other pages: the examples for plain HTML and for a book, the frame's sizes, and what hosts may post.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { serve } from "../../scripts/static_server.mjs";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const SITE = "test-output/embed-site";
const site = await build();

/** The examples as an author would publish them: documents with the folder conclave/ beside them. */
async function build() {
  rmSync(SITE, { recursive: true, force: true });
  mkdirSync(SITE, { recursive: true });
  cpSync("examples/embed/plain", `${SITE}/plain`, { recursive: true });
  symlinkSync(resolve("dist"), `${SITE}/plain/conclave`);
  writeFileSync(`${SITE}/favicon.ico`, "");
  writeFileSync(`${SITE}/host.html`, "<!doctype html><title>Host</title><body></body>");
  return serve(SITE, { cache: "max-age=3600, immutable" });
}

/** The example's book as mdBook itself writes it, with Conclave in the folder that its reader is told of. */
function bookBuilt() {
  const path = `${process.env.PATH}:${process.env.CARGO_HOME ?? `${homedir()}/.cargo`}/bin`;
  execFileSync("mdbook", ["build", "examples/embed/mdbook", "--dest-dir", resolve(SITE, "book")], { env: { ...process.env, PATH: path }, stdio: "pipe" });
  symlinkSync(resolve("dist"), `${SITE}/book/conclave`);
}

const outside = { starts: false, origins: [new URL(site.url).origin], seconds: 60 };
const frameOf = (page, id) => page.frameLocator(`#${id} iframe`);
const started = (frame) => frame.locator(".embed").waitFor({ timeout: 30_000 });
const clock = async (frame) => Number((await frame.locator(".clock b").textContent()).replace(/\D/g, ""));

async function plain(page) {
  await page.goto(`${site.url}plain/index.html`);
  await started(frameOf(page, "stale"));
}

test("embed.js is at most five kilobytes and needs nothing", { starts: false }, async () => {
  assert.ok(statSync("assets/embed.js").size <= 5 * 1024);
  assert.doesNotMatch(readFileSync("assets/embed.js", "utf8"), /\b(import|require|eval|innerHTML|localStorage|fetch)\b/);
});

test("a plain page keeps its focus and its place, and a hostile style does not get in", outside, async ({ page }) => {
  await plain(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "search", "the focus stays");
  assert.equal(await page.evaluate(() => scrollY), 0);
  const height = () => page.locator("#stale").evaluate((e) => e.shadowRoot.querySelector(".box").getBoundingClientRect().height);
  await page.waitForFunction(() => parseFloat(document.querySelector("#stale").shadowRoot.querySelector(".box").style.height) > 300);
  const inner = await frameOf(page, "stale").locator("body").evaluate(() => ({ w: innerWidth, h: innerHeight }));
  assert.ok(Math.abs((await height()) - inner.h) <= 2 + 18, `the frame fills its box: ${await height()}, ${inner.h}`);
  assert.ok(inner.w > 300, `the host's width for frames does not apply: ${inner.w}`);
  await page.keyboard.type("zab k");
  assert.equal(await page.locator("#search").inputValue(), "zab k", "keys belong to the page");
  assert.match(await frameOf(page, "stale").locator(".embed-line").textContent(), /Two leaders: N1 and N5/);
  assert.equal(await page.locator("#said").textContent(), "Two leaders: N1 and N5");
});

test("two embeds share one download, and the second waits until it comes into view", outside, async ({ page, requests }) => {
  await plain(page);
  assert.equal(await page.locator("#split iframe").count(), 0, "out of view");
  assert.equal(await page.locator("#split a").count(), 1, "the link is there until then");
  await page.locator("#split").scrollIntoViewIfNeeded();
  await started(frameOf(page, "split"));
  // The memory cache of a fresh browser holds no file above some megabytes, which only a debug build has.
  const fetched = await page.frames().find((one) => one.url().includes("raft-split-vote")).evaluate(() =>
    performance.getEntriesByType("resource").filter((e) => /\.(wasm|js|css|woff2)$/.test(e.name) && e.decodedBodySize < 5e6 && e.transferSize > 0).map((e) => e.name),
  );
  assert.deepEqual(fetched, [], "the second takes the simulator from the cache");
  assert.ok(requests.some((href) => href.endsWith(".wasm")));
});

test("a poster waits for its click, and only then gives the focus to the frame", outside, async ({ page }) => {
  await plain(page);
  await page.locator("#poster").scrollIntoViewIfNeeded();
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#poster iframe").count(), 0);
  await page.locator("#poster").getByRole("button", { name: "Show the failover" }).click();
  await started(frameOf(page, "poster"));
  assert.equal(await page.evaluate(() => document.activeElement.id), "poster");
});

test("Tab goes in and out again, and keys work once inside", outside, async ({ page }) => {
  await plain(page);
  const inFrame = () => page.evaluate(() => document.activeElement?.id === "stale");
  await page.locator("#search").focus();
  let steps = 0;
  while (!(await inFrame()) && steps++ < 10) await page.keyboard.press("Tab");
  assert.ok(await inFrame(), "Tab goes in");
  const frame = frameOf(page, "stale");
  const before = await clock(frame);
  await page.keyboard.press("ArrowLeft");
  await frame.locator(".clock b").filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor();
  steps = 0;
  while ((await inFrame()) && steps++ < 30) await page.keyboard.press("Tab");
  assert.ok(steps < 30, "and out again");
  assert.equal(await page.evaluate(() => document.activeElement.id), "play");
});

test("the page plays, pauses and darkens its embed; the wheel scrolls the page", outside, async ({ page }) => {
  await plain(page);
  const frame = frameOf(page, "stale");
  await page.locator("#play").click();
  await frame.locator('[data-act="Play"][aria-label="Pause"]').waitFor();
  await page.locator("#pause").click();
  await frame.locator('[data-act="Play"][aria-label="Play"]').waitFor();
  await page.locator("#theme").click();
  await frame.locator('html[data-theme="dark"]').waitFor();
  await page.locator("#stale").hover();
  await page.mouse.wheel(0, 300);
  await page.waitForFunction(() => scrollY > 0);
});

test("off screen an embed stands still", outside, async ({ page }) => {
  await plain(page);
  const frame = frameOf(page, "stale");
  await page.locator("#play").click();
  await frame.locator('[data-act="Play"][aria-label="Pause"]').waitFor();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForTimeout(500);
  const before = await clock(frame);
  await page.waitForTimeout(700);
  assert.equal(await clock(frame), before);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction((then) => {
    const text = document.querySelector("#stale").shadowRoot.querySelector("iframe").contentDocument.querySelector(".clock b").textContent;
    return Number(text.replace(/\D/g, "")) > then;
  }, before);
});

test("with reduced motion nothing plays by itself", { ...outside, reducedMotion: true }, async ({ page }) => {
  await page.goto(`${site.url}plain/conclave/#/embed/raft?scene=raft-split-vote&autoplay=1`);
  await page.locator(".embed").waitFor();
  const before = await clock(page);
  await page.waitForTimeout(500);
  assert.equal(await clock(page), before);
});

test("at 320 pixels the plain page and its embed are complete", { ...outside, viewport: "narrow embed" }, async ({ page }) => {
  await plain(page);
  assert.ok(await page.locator("#stale").evaluate((e) => e.getBoundingClientRect().right <= innerWidth), "no overflow");
  const frame = frameOf(page, "stale");
  for (const part of [".embed-top h1", ".scene", ".embed-line", '[data-act="Play"]', ".clock"]) assert.ok(await frame.locator(part).first().isVisible(), part);
});

test("an embed in a book that mdBook built follows the reader's theme and keeps to the column", outside, async ({ page }) => {
  bookBuilt();
  await page.goto(`${site.url}book/split_vote.html`);
  const element = page.locator("leader-election");
  const frame = page.frameLocator("leader-election iframe");
  await started(frame);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY", "no focus is taken");
  assert.equal(await page.evaluate(() => scrollY), 0);
  await frame.locator('html[data-theme="light"]').waitFor();
  await page.locator("#theme-toggle").click();
  for (const [choice, theme] of [["navy", "dark"], ["rust", "light"], ["coal", "dark"]]) {
    await page.locator(`#theme-list #${choice}`).click();
    await frame.locator(`html[data-theme="${theme}"]`).waitFor();
  }
  assert.equal(await frame.locator(".embed-top h1").textContent(), "A split vote");
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForFunction(() => {
      const wide = (selector) => document.querySelector(selector).getBoundingClientRect().width;
      return wide("leader-election") <= wide("main");
    });
    // The box takes the height that the frame asks for at this width, and leaves none of it empty.
    await page.waitForFunction(() => {
      const box = document.querySelector("leader-election").shadowRoot.querySelector(".box");
      const inner = box.querySelector("iframe").contentDocument;
      const wanted = parseFloat(box.style.height);
      return wanted > 250 && Math.abs(inner.documentElement.clientHeight - wanted) <= 4 && inner.documentElement.scrollHeight <= inner.documentElement.clientHeight;
    });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}: nothing is cut at the right`);
  }
});

/** A bare host with one frame, and what the frame posted. */
async function hosted(page, fragment) {
  await page.goto(`${site.url}host.html`);
  await page.evaluate((source) => {
    window.heard = [];
    addEventListener("message", ({ data }) => heard.push(data));
    const frame = document.createElement("iframe");
    frame.id = "frame";
    frame.width = 640;
    frame.height = 400;
    frame.src = source;
    document.body.append(frame);
  }, `${site.url}plain/conclave/${fragment}`);
  await heard(page, "ready");
  return page.frameLocator("#frame");
}
const post = (page, message) => page.evaluate((data) => document.getElementById("frame").contentWindow.postMessage(data, "*"), message);
const command = (page, name, fields) => post(page, { conclave: 1, command: name, ...fields });
const heard = (page, event) => page.waitForFunction((name) => heard.find((data) => data.conclave === 1 && data.event === name), event);

test("every command is obeyed, every event is told", outside, async ({ page }) => {
  const frame = await hosted(page, "#/embed/raft?scene=raft-stale-leader&t=500");
  await command(page, "seek", { ms: 900 });
  await frame.locator(".clock b", { hasText: /^900$/ }).waitFor();
  await command(page, "stepForward");
  await frame.locator(".clock b").filter({ hasNotText: /^900$/ }).waitFor();
  const there = await clock(frame);
  await command(page, "stepBackward");
  await page.waitForFunction((then) => Number(document.getElementById("frame").contentDocument.querySelector(".clock b").textContent.replace(/\D/g, "")) <= then, there);
  await command(page, "seek", { ms: 2000 });
  await heard(page, "splitbrain");
  await heard(page, "leader");
  await command(page, "setSpeed", { speed: "1/5" });
  await command(page, "play");
  await page.waitForFunction(() => heard.some((data) => data.event === "statechange" && data.playing && data.speed === "1/5"));
  await command(page, "pause");
  await page.waitForFunction(() => heard.at(-1) && heard.filter((data) => data.event === "statechange").at(-1).playing === false);
  await command(page, "setTheme", { theme: "dark" });
  await frame.locator('html[data-theme="dark"]').waitFor();
  await command(page, "load", { scenario: "raft-split-vote" });
  await page.waitForFunction(() => heard.filter((data) => data.event === "ready").length === 2);
  await command(page, "load", { link: "https://conclave.example/#/play/raft?n=3&seed=4&t=700" });
  await frame.locator(".embed-top h1", { hasText: "Raft, 3 nodes" }).waitFor();
  const told = await page.evaluate(() => heard);
  const height = told.find((data) => data.event === "resize").height;
  assert.equal(height, 400);
  assert.deepEqual(told.find((data) => data.subject), { subject: "lti.frameResize", height: 400 });
  assert.ok(told.some((data) => data.event === "time" && typeof data.ms === "number"));
});

test("hostile messages do nothing", { ...outside, errors: [] }, async ({ page }) => {
  const frame = await hosted(page, "#/embed/raft?scene=raft-stale-leader&t=500");
  const before = await frame.locator(".embed").evaluate((e) => [e.querySelector("h1").textContent, e.querySelector(".clock").textContent, document.documentElement.dataset.theme, location.href]);
  for (const message of [
    null, 7, "play", [], {}, { conclave: 1 }, { conclave: 2, command: "play" }, { conclave: "1", command: "play" }, { command: "play" },
    { conclave: 1, command: "eval", code: "document.body.remove()" }, { conclave: 1, command: { toString: 1 } }, { conclave: 1, command: "seek", ms: "900" },
    { conclave: 1, command: "seek", ms: NaN }, { conclave: 1, command: "seek", ms: -5 }, { conclave: 1, command: "seek", ms: 1e300 }, { conclave: 1, command: "seek", ms: [900] },
    { conclave: 1, command: "load", link: "javascript:alert(1)" }, { conclave: 1, command: "load", link: "#/play/craft" }, { conclave: 1, command: "load", link: "#/play/raft?s=1.AAAA.bbbbb" },
    { conclave: 1, command: "load", scenario: "<img src=x onerror=alert(1)>" }, { conclave: 1, command: "load", scenario: "x".repeat(1e6) },
    { conclave: 1, command: "setTheme", theme: "dark\"><script>" }, { conclave: 1, command: "setSpeed", speed: "1/0" }, { conclave: 1, command: "__proto__" },
  ]) await post(page, message);
  // Not the parent: a sibling frame, and the frame itself.
  await page.evaluate(() => {
    const sibling = document.createElement("iframe");
    document.body.append(sibling);
    const script = "parent.document.getElementById('frame').contentWindow.postMessage({ conclave: 1, command: 'seek', ms: 1500 }, '*')";
    sibling.contentWindow.eval(script);
  });
  // More than anybody could mean.
  await page.evaluate(() => {
    const target = document.getElementById("frame").contentWindow;
    for (let i = 0; i < 5000; i++) target.postMessage({ conclave: 1, command: "nonsense" }, "*");
  });
  await page.waitForTimeout(800);
  const after = await frame.locator(".embed").evaluate((e) => [e.querySelector("h1").textContent, e.querySelector(".clock").textContent, document.documentElement.dataset.theme, location.href]);
  assert.deepEqual(after, before);
  const errors = await page.evaluate(() => heard.filter((data) => data.event === "error").map((data) => data.message));
  assert.ok(errors.length > 0 && errors.length <= 120, `answers are few: ${errors.length}`);
  assert.ok(errors.every((text) => typeof text === "string" && text.length < 300 && !text.includes("<img")), errors.find((text) => text.includes("<img")));
  await page.waitForTimeout(1100);
  await command(page, "seek", { ms: 900 });
  await frame.locator(".clock b", { hasText: /^900$/ }).waitFor();
});

const EMBED = "#/embed/raft?scene=raft-stale-leader&t=2000";
testLooks("an embed is complete and accessible", { viewports: ["embed", "narrow embed"], at: EMBED }, async ({ page }) => {
  await page.locator(".embed-line").waitFor();
  const { width, height } = page.viewportSize();
  const parts = [".embed-top h1", ".embed-top a", ".scene", ".embed-line", '[data-act="Play"]', '[data-act="Step"]', '[role="slider"]', ".clock"];
  for (const part of parts) {
    const box = await page.locator(part).first().boundingBox();
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width + 0.5 && box.y + box.height <= height + 0.5, `${part}: ${JSON.stringify(box)}`);
  }
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth), "nothing scrolls");
  assert.ok(await page.locator(".embed-line").evaluate((e) => e.scrollHeight <= e.clientHeight + 1), "the sentence is not cut");
  await expectAccessible(page);
});

test("frames shed their parts as they shrink, and gain the diagram when large", { at: EMBED, viewport: "embed" }, async ({ page }) => {
  const seen = async (part) => (await page.locator(part).count()) > 0 && (await page.locator(part).first().isVisible());
  const at = async (width, height) => {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(150);
    return Promise.all([".embed-open", ".embed-words", ".embed-top h1", '[data-act="Play"]', '[data-act="Step"]', ".embed-lanes"].map(seen));
  };
  assert.deepEqual(await at(640, 400), [true, true, true, true, true, false]);
  assert.deepEqual(await at(470, 420), [false, true, true, true, true, false]);
  assert.deepEqual(await at(640, 350), [true, false, true, true, true, false]);
  assert.deepEqual(await at(400, 250), [false, false, false, true, false, false]);
  assert.deepEqual(await at(1000, 700), [true, true, true, true, true, true]);
});

test("an address says how the frame looks and where it stops", { at: "#/embed/raft?scene=raft-stale-leader&t=900&stop=1000&controls=minimal&caption=Own%20%3Cb%3Etitle&lock=1&show=log&speed=1/2", viewport: "embed" }, async ({ page }) => {
  assert.equal(await page.locator(".embed-top h1").textContent(), "Own <b>title");
  assert.equal(await page.locator(".embed-words").count(), 0);
  assert.ok(await page.locator(".embed-log li").first().isVisible());
  assert.equal(await page.locator('[data-act="Step"]').isVisible(), false);
  await page.locator('.stage [data-slot="0"]').click();
  await page.waitForTimeout(200);
  assert.equal(await page.locator(".menu").count(), 0, "faults are locked");
  const stands = async (at) => page.waitForFunction((at) => document.querySelector(".clock b").textContent.replace(/\D/g, "") === at && document.querySelector('[data-act="Play"]')?.getAttribute("aria-label") === "Play", at);
  await stands("900");
  await page.locator('[data-act="Play"]').click();
  await stands("1000");
  await page.locator('[data-act="Play"]').click();
  await page.waitForFunction(() => Number(document.querySelector(".clock b").textContent.replace(/\D/g, "")) < 1000);
  await stands("1000");
});

test("an embed that repeats begins anew by itself", { at: "#/embed/raft?scene=raft-stale-leader&t=900&stop=960&loop=1&autoplay=1&speed=1/5", viewport: "embed" }, async ({ page }) => {
  await page.evaluate(() => {
    window.jumps = 0;
    let last = 0;
    setInterval(() => {
      const now = Number(document.querySelector(".clock b")?.textContent.replace(/\D/g, "") ?? 0);
      if (now < last) window.jumps += 1;
      last = now;
    }, 20);
  });
  await page.waitForFunction(() => window.jumps >= 2);
});

test("what is wrong in an address is said in the frame", { at: "#/embed/raft?controls=everything", viewport: "embed" }, async ({ page }) => {
  await page.locator(".notice", { hasText: "controls=everything is not known; using full." }).waitFor();
});

test("an embed takes the whole screen and gives it back", { at: EMBED }, async ({ page }) => {
  const isWhole = (is) => page.waitForFunction((is) => Boolean(document.fullscreenElement) === is, is);
  const button = page.locator("[data-act=FullScreen]:visible");
  await button.click();
  await isWhole(true);
  await button.click();
  await isWhole(false);
});

test("an embed says when the browser refuses the whole screen", { at: EMBED, before: (page) => page.addInitScript(() => (Element.prototype.requestFullscreen = () => Promise.reject(new TypeError("refused")))) }, async ({ page }) => {
  await page.locator("[data-act=FullScreen]:visible").click();
  await page.locator(".notice", { hasText: "did not give the whole screen" }).waitFor();
});
