// The dialog that shares a run: link, frame, picture, offline file.
import assert from "node:assert/strict";
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
  await page.keyboard.press("k");
  await page.waitForFunction(() => /crashed/.test(document.querySelector(".stage").textContent));
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
    await expectAccessible(page);
    assert.ok(await page.locator("dialog.share .dialog-content").evaluate((e) => e.scrollWidth <= e.clientWidth + 1), `${tab}: overflow`);
  }
});
