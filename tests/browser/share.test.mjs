// The dialog that shares a run: link, frame, picture, offline file.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expectAccessible, test, testLooks } from "./harness.mjs";

const AT = "#/play/raft?scene=raft-stale-leader&t=2000";
const act = (page, name) => page.locator(`.share [data-act="${name}"]`);
const text = (page) => page.locator(".share .copied textarea").inputValue();

async function opened(page, tab = "Link") {
  await page.keyboard.press("s");
  await page.locator("dialog.share[open]").waitFor();
  await page.locator(`[data-tab="${tab}"]`).click();
}

test("a link is copied, says so, and opens the same moment", { at: AT }, async ({ page, context, url }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await opened(page);
  assert.equal(await text(page), `${url}#/play/raft?scene=raft-stale-leader&t=2000`);
  assert.match(await page.locator('[data-what="length"]').textContent(), /\d+ characters/);
  await act(page, "Copy").first().click();
  await act(page, "Copy").filter({ hasText: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await text(page));
  await page.keyboard.press("Escape");
  await page.locator("dialog.share").waitFor({ state: "hidden" });
  await page.keyboard.press("k");
  await page.waitForFunction(() => /crashed/.test(document.querySelector('[data-act="Undo"]').getAttribute("aria-label")));
  await opened(page);
  await page.waitForFunction(() => /[?]s=1[.]/.test(document.querySelector(".share .copied textarea")?.value ?? ""));
  const link = await text(page);
  assert.match(link, /#\/play\/raft\?s=1\./, "what was done is in the link");
  const other = await context.newPage();
  await other.goto(link);
  await other.locator("#still").waitFor({ state: "detached" });
  const title = (page) => page.locator(".headline h1").textContent();
  assert.equal(await title(other), await title(page));
});

test("a link begins at any event", { at: AT }, async ({ page, context, url }) => {
  await opened(page);
  await page.locator('[data-start="Event"]').check();
  await page.getByLabel("Number of the event").fill("73");
  await page.keyboard.press("Tab");
  assert.equal(await text(page), `${url}#/play/raft?scene=raft-stale-leader&t=e73`);
  const other = await context.newPage();
  await other.goto(await text(page));
  await other.locator("#still").waitFor({ state: "detached" });
  const clock = await other.locator(".clock b").textContent();
  assert.notEqual(clock, await page.locator(".clock b").textContent());
  // The moment between two things that happen at the same time has no time of its own.
  await other.keyboard.press("s");
  await other.locator('dialog.share[open] [data-tab="Embed"]').click();
  await act(other, "Start").selectOption({ label: "Event" });
  await other.getByLabel("Number of the event").fill("20");
  await other.keyboard.press("Tab");
  assert.match(await text(other), /&amp;t=e20"/);
});

test("the focus goes back to the button that opened the dialog", { at: AT }, async ({ page }) => {
  await page.locator('header [data-act="Share"]').focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog.share[open]").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.act), "Share");
});

test("a frame is previewed as it will be, in every form", { at: AT, seconds: 60 }, async ({ page, url }) => {
  await opened(page, "Embed");
  const preview = page.frameLocator(".share-preview iframe");
  await preview.locator(".embed").waitFor();
  assert.ok((await text(page)).startsWith(`<iframe src="${url}#/embed/raft?scene=raft-stale-leader&amp;t=2000" title="The leader of a minority" width="640" height="400"`));
  await act(page, "FrameTheme").selectOption("dark");
  await act(page, "Lock").check();
  await act(page, "Size").selectOption({ label: "320 x 480" });
  await preview.locator('html[data-theme="dark"] .embed').waitFor();
  assert.match(await text(page), /&amp;theme=dark&amp;lock=1" .*width="320" height="480"/);
  await act(page, "Size").selectOption({ label: "Custom" });
  await page.getByLabel("Width in pixels").fill("500");
  await page.getByLabel("Height in pixels").fill("300");
  await page.keyboard.press("Tab");
  assert.match(await text(page), / width="500" height="300"/);
  assert.deepEqual(await page.locator(".share-preview iframe").evaluate((frame) => [frame.clientWidth, frame.clientHeight]), [500, 300]);
  const wanted = { element: /<script src=".*embed\.js" defer><\/script>\n<leader-election scenario="raft-stale-leader" .*theme="dark" lock height="auto">/, markdown: /^\[!\[The leader of a minority\]\(conclave\.svg\)\]\(http/, mdbook: /additional-js/, docusaurus: /style=\{\{border: 0/, mkdocs: /extra_javascript/ };
  for (const [form, pattern] of Object.entries(wanted)) {
    await page.locator(`[data-form="${form}"]`).click();
    assert.match(await text(page), pattern, form);
  }
});

test("pictures are saved as SVG and PNG, and diagrams copied as Mermaid", { at: AT }, async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await opened(page, "Picture");
  const saved = async (button) => {
    const [file] = await Promise.all([page.waitForEvent("download"), act(page, button).click()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const still = await saved("SaveSvg");
  assert.equal(still.name, "conclave-raft-seed-1.svg");
  const svg = still.bytes.toString();
  assert.ok(svg.includes("Conclave, raft, seed 1") && svg.includes("Two leaders: N1 and N5") && svg.includes("scene=raft-stale-leader"));
  assert.doesNotMatch(svg, /var\(--|<script|url\(http/);
  const png = await saved("SavePng");
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
  assert.equal(png.bytes.readUInt32BE(16), 936 * 2, "twice as large as the stage");
  await page.locator('[data-kind="Moving"]').click();
  await page.locator(".share-picture img").evaluate((image) => image.decode());
  assert.ok((await saved("SaveSvg")).bytes.toString().includes("@keyframes"));
  await page.locator('[data-kind="Sequence"]').click();
  await page.locator(".share").getByRole("button", { name: "Copy as Mermaid" }).click();
  await page.locator(".share").getByRole("button", { name: "Copied" }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^---\ntitle: "Conclave, raft, seed 1.*\n---\nsequenceDiagram/);
  await page.getByLabel("From, in milliseconds").fill("5000");
  await page.keyboard.press("Tab");
  await page.locator('.share-picture [role="alert"]', { hasText: "must end after it begins" }).waitFor();
});

/** The command line on the same link, as a docs build would call it. */
function exported(...options) {
  const cli = ["run", "-q", "--no-default-features", "--features", "cli", "--bin", "conclave-cli", "--", "export"];
  return execFileSync("cargo", [...cli, ...options], { maxBuffer: 64e6 }).toString();
}

test("what the page saves is what the command line makes, to the byte", { at: AT, seconds: 600 }, async ({ page }) => {
  const same = async () => {
    await opened(page);
    const link = await text(page);
    await page.locator('[data-tab="Picture"]').click();
    const to = await page.getByLabel("To, in milliseconds").inputValue();
    const span = ["--from", `${to - 300}ms`, "--to", `${to}ms`];
    const kinds = { "This moment": ["--svg"], Moving: ["--animated-svg", ...span], Sequence: ["--sequence", ...span], "Space-time": ["--space-time", ...span], Text: ["--transcript", ...span] };
    for (const [kind, options] of Object.entries(kinds)) {
      await page.locator(`[data-kind="${kind}"]`).click();
      const button = act(page, kind === "Text" ? "SaveText" : "SaveSvg");
      const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
      const here = readFileSync(await file.path(), "utf8");
      const there = exported(link, ...options);
      const differs = here.split("\n").findIndex((line, index) => line !== there.split("\n")[index]);
      assert.ok(here === there, `${kind}, line ${differs + 1}:\n${here.split("\n")[differs]?.slice(0, 300)}\n${there.split("\n")[differs]?.slice(0, 300)}`);
    }
    await page.keyboard.press("Escape");
  };
  await same();
  // With an act in it, and at a moment that is no whole millisecond.
  await page.keyboard.press("k");
  for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowRight");
  await same();
});

test("one offline file opens from disk without a network", { at: AT, seconds: 90 }, async ({ page, context }) => {
  await opened(page);
  const [file] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), act(page, "Offline").click()]);
  await act(page, "Offline").filter({ hasText: "Saved" }).waitFor();
  const path = `${process.cwd()}/test-output/conclave-offline.html`;
  await file.saveAs(path);
  const policy = readFileSync(path, "utf8").match(/Content-Security-Policy" content="([^"]+)"/)[1];
  assert.match(policy, /^default-src 'none'; script-src ('sha256-[^']+' )+'wasm-unsafe-eval'; style-src ('sha256-[^']+' ?)+;/);
  assert.doesNotMatch(policy, /connect-src|https?:/);
  const without = await context.browser().newContext({ offline: true });
  const alone = await without.newPage();
  const asked = [];
  const errors = [];
  alone.on("request", (request) => asked.push(request.url().slice(0, 40)));
  alone.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await alone.goto(`file://${path}`);
  await alone.locator("#still").waitFor({ state: "detached", timeout: 30_000 });
  assert.equal(await alone.locator(".headline h1").textContent(), "Two leaders: N1 and N5");
  assert.deepEqual(asked.filter((href) => !/^(file|data|blob):/.test(href)), []);
  assert.deepEqual(errors, []);
  await alone.locator('[data-act="Step"]').first().click();
  await without.close();
});

testLooks("the dialog is accessible", { at: AT, viewports: ["desktop", "phone"] }, async ({ page }) => {
  await opened(page);
  for (const tab of ["Link", "Embed", "Picture"]) {
    await page.locator(`[data-tab="${tab}"]`).click();
    await page.waitForTimeout(150);
    if (tab === "Picture") await page.locator('[data-kind="Text"]').click();
    await expectAccessible(page);
    assert.ok(await page.locator("dialog.share .dialog-content").evaluate((e) => e.scrollWidth <= e.clientWidth + 1), `${tab}: overflow`);
  }
});
