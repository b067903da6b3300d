// Links, files and the runs of a session: what is shared, saved or left behind comes back as it was.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { expectAccessible, started, test, testLooks } from "./harness.mjs";

const act = (page, name) => page.locator(`[data-act="${name}"]:visible`).first();
const clock = async (page) => Number((await page.locator(".clock b").textContent()).replace(/\D/g, ""));
const title = (page) => page.locator(".headline h1").textContent();
const leads = (page) => page.waitForFunction(() => / leads term \d+Followed by /.test(document.querySelector(".headline")?.textContent ?? ""));
const still = (page) => page.waitForFunction(() => document.querySelector('[data-act="Play"]')?.getAttribute("aria-label") === "Play");
const written = (page, pattern) => page.waitForFunction((source) => new RegExp(source).test(location.hash), pattern.source);
const complaint = (page, text) => page.locator(".complaints-lines").getByText(text).waitFor();

const GOLDEN = readFileSync("tests/golden/links.txt", "utf8").split("\n").filter((line) => line && !line.startsWith("#"));

/** Leads, stands still, and N2 has been crashed. */
async function crashed(page) {
  await leads(page);
  await act(page, "Play").click();
  await still(page);
  await page.keyboard.press("2");
  await page.keyboard.press("k");
  await page.locator(".stage .nd.dead").waitFor();
}

/** What the page says of the run, to the letter. */
async function seen(page) {
  return page.evaluate(() => ({
    clock: document.querySelector(".clock b").textContent,
    headline: document.querySelector(".headline").textContent,
    events: [...document.querySelectorAll(".ev-list .ev")].map((line) => line.textContent),
    undo: document.querySelector('[data-act="Undo"]').getAttribute("aria-label"),
  }));
}

test("a link opened elsewhere shows the same run to the event", async ({ page, context, url }) => {
  await crashed(page);
  await act(page, "Step").click();
  await act(page, "Step").click();
  await written(page, /s=1\./);
  await page.waitForTimeout(1_300);
  const [address, here] = [page.url(), await seen(page)];
  assert.match(address, /#\/play\/raft\?s=1\.[\w-]+\.[\w-]{5}$/);
  assert.ok(address.length < 400, address);
  const other = await context.newPage();
  for (const short of [address, `${url}#${address.split("?")[1]}`]) {
    await other.goto("about:blank");
    await other.goto(short);
    await started(other);
    assert.deepEqual(await seen(other), here);
    assert.equal(await other.locator(".complaints-lines").count(), 0);
    assert.match(await other.locator(".selected").textContent(), /N2/);
  }
});

test("every golden link opens without a word of complaint", async ({ page, url }) => {
  for (const link of GOLDEN) {
    await page.goto("about:blank");
    await page.goto(`${url}#s=${link}`);
    await started(page);
    await still(page);
    assert.ok((await clock(page)) > 0);
    assert.equal(await page.locator(".complaints-lines").count(), 0, await page.locator(".complaints").textContent());
  }
});

test("loading again loses nothing: moment, acts, speed, the runs that were left", { seconds: 60 }, async ({ page }) => {
  await crashed(page);
  await act(page, "Play").click();
  await page.waitForTimeout(700);
  await act(page, "Play").click();
  await still(page);
  await act(page, "Speed").selectOption({ label: "1/50" });
  // An act in the past leaves a run behind, which is given a name.
  await act(page, "StepBack").click();
  await act(page, "StepBack").click();
  await page.keyboard.press("3");
  await page.keyboard.press("p");
  await act(page, "Files").click();
  const old = page.locator('.run-row:not([aria-current]) input');
  await old.fill("Before the pause");
  await old.press("Enter");
  await page.locator('.run-row').getByRole("button", { name: "Return to Before the pause" }).waitFor();
  await page.keyboard.press("Escape");
  const before = await seen(page);
  await page.reload();
  await started(page);
  assert.deepEqual(await seen(page), before);
  assert.equal(await act(page, "Speed").evaluate((select) => select.selectedOptions[0].textContent), "1/50");
  await act(page, "Files").click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Return to Before the pause" }).click();
  await page.locator(".notice").getByText("Back in Before the pause.").waitFor();
  assert.equal(await page.locator(".run-row").count(), 2);
  await page.keyboard.press("Escape");
  assert.match(await act(page, "Undo").getAttribute("aria-label"), /crashed N2/);
});

test("what was undone before the page is loaded again can be done again", async ({ page }) => {
  await crashed(page);
  await page.keyboard.press("3");
  await page.keyboard.press("p");
  await page.keyboard.press("Escape");
  const before = await title(page);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await page.reload();
  await started(page);
  assert.match(await act(page, "Undo").getAttribute("aria-label"), /Nothing to undo/);
  await page.keyboard.press("Control+Shift+z");
  assert.match(await act(page, "Undo").getAttribute("aria-label"), /crashed N2/);
  await page.reload();
  await started(page);
  await act(page, "Redo").click();
  assert.match(await act(page, "Undo").getAttribute("aria-label"), /paused N3/);
  assert.equal(await title(page), before);
  assert.ok(await act(page, "Redo").isDisabled());
});

test("Back leads to the scenario before, as it was left, and Forward returns", { seconds: 60 }, async ({ page }) => {
  await crashed(page);
  await act(page, "StepBack").click();
  await act(page, "StepBack").click();
  await page.keyboard.press("3");
  await page.keyboard.press("p");
  const [before, entries] = [await seen(page), await page.evaluate(() => history.length)];
  await act(page, "Stories").selectOption("raft-split-vote");
  await page.waitForFunction(() => /scene=raft-split-vote/.test(location.hash));
  await page.waitForTimeout(1_300);
  assert.equal(await page.evaluate(() => history.length), entries + 1, "one entry, however often the address is brought up to date");
  await act(page, "Nodes").selectOption("3");
  await page.waitForFunction(() => document.querySelectorAll(".stage .node").length === 3);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll(".stage .node").length === 5);
  assert.equal(await page.locator(".stories select").evaluate((select) => select.value), "raft-split-vote");
  await page.goBack();
  await page.waitForFunction((undo) => document.querySelector('[data-act="Undo"]').getAttribute("aria-label") === undo, before.undo);
  assert.deepEqual(await seen(page), before);
  // The run that was left there is there again too.
  await act(page, "Files").click();
  await page.waitForFunction(() => document.querySelectorAll(".run-row").length === 2);
  await page.keyboard.press("Escape");
  await page.goForward();
  await page.goForward();
  await page.waitForFunction(() => document.querySelectorAll(".stage .node").length === 3);
  // The same from its start adds nothing.
  const length = await page.evaluate(() => history.length);
  await act(page, "Reset").click();
  assert.equal(await page.evaluate(() => history.length), length);
});

test("the address says where a run stands that nobody touched", async ({ page }) => {
  await leads(page);
  await act(page, "Play").click();
  await written(page, /^#\/play\/raft\?n=5&seed=\d+&timing=wide&t=[\d.]+(ms)?$/);
  const at = await clock(page);
  await page.goto("about:blank");
  await page.goBack();
  await started(page);
  assert.equal(await clock(page), at);
});

test("the address is changed at most once a second", async ({ page }) => {
  await leads(page);
  await act(page, "Play").click();
  await still(page);
  await page.evaluate(() => {
    window.puts = [];
    const real = history.replaceState.bind(history);
    history.replaceState = (...rest) => (window.puts.push(performance.now()), real(...rest));
  });
  for (let key = 0; key < 40; key += 1) {
    await page.keyboard.press(key % 2 ? "w" : "ArrowRight");
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(1_100);
  const puts = await page.evaluate(() => window.puts);
  assert.ok(puts.length >= 2, "it is brought up to date");
  puts.slice(1).forEach((at, index) => assert.ok(at - puts[index] > 900, `${at - puts[index]} ms apart`));
});

test("a link put into the address bar of an open page is opened", async ({ page, url }) => {
  await leads(page);
  await page.evaluate((link) => (location.hash = `#s=${link}`), GOLDEN[1]);
  await still(page);
  await page.waitForFunction(() => document.querySelector(".clock b").textContent.replace(/\D/g, "") === "250");
  await page.goto(`${url}#/play/bully?seed=3`);
  await page.waitForFunction(() => document.querySelector('[data-algorithm="bully"]').ariaChecked === "true");
});

for (const [what, at, said] of [
  ["cut", `#s=${GOLDEN[0].slice(0, -9)}`, "This link is incomplete: its check code does not match. It may have been cut when it was copied. Here is the default scenario."],
  ["altered", `#/play/raft?s=${GOLDEN[0].replace("AA", "AB")}`, "This link is incomplete"],
  ["empty", "#s=", "This link is incomplete"],
  // Format 2 with a good check, as a later copy may write it.
  ["from a newer version", "#s=2.AAAA.PMhBj", "This link was made with a newer Conclave (format 2). This copy understands format 1."],
])
  test(`a link that is ${what} says so, and the default scenario plays`, { at }, async ({ page }) => {
    await complaint(page, said);
    await leads(page);
    await expectAccessible(page);
    await act(page, "CloseComplaints").click();
    assert.equal(await page.locator(".complaints-lines").count(), 0);
  });

test("short parameters say what runs", { at: "?alg=raft&n=5&scenario=split-vote&seed=7&t=0.5s&speed=0.05&theme=dark&lang=en&colour=red" }, async ({ page }) => {
  assert.equal(await clock(page), 500);
  assert.equal(await page.locator(".stories select").evaluate((select) => select.value), "raft-split-vote");
  assert.equal(await act(page, "Seed").inputValue(), "7");
  assert.equal(await act(page, "Speed").evaluate((select) => select.selectedOptions[0].textContent), "1/20");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.equal(await page.locator(".complaints-lines").count(), 0);
});

test("bad parameters are named, unknown ones ignored", { at: "?alg=raft&n=77&seed=x&t=soon&speed=fast&theme=pink&lang=xx&timing=fastest&scene=none&what=ever" }, async ({ page }) => {
  const lines = await page.locator(".complaints-lines").innerText();
  for (const said of ["scene=none is not known; using none.", "n=77 is not known; using 5.", "t=soon is not known; using the start.", "speed=fast", "seed=x"])
    assert.ok(lines.includes(said), `${said}\n${lines}`);
  assert.doesNotMatch(lines, /what/);
  assert.match(lines, /And \d more\./);
});

test("an event and the end can be opened", { at: "#/play/raft?t=e73" }, async ({ page, url }) => {
  await still(page);
  const at = await clock(page);
  assert.ok(at > 0);
  await page.goto("about:blank");
  await page.goto(`${url}#s=${GOLDEN[2]}&t=end`);
  await started(page);
  assert.ok((await clock(page)) > at);
});

test("the run pauses where the address says", { at: "#/play/raft?stop=300&speed=1" }, async ({ page }) => {
  await still(page);
  assert.equal(await clock(page), 300);
});

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), act(page, name).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

const give = (page, name, text) =>
  page.locator(".file-input").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });

test("a run is saved and opened again", async ({ page }) => {
  await crashed(page);
  const headline = await title(page);
  await act(page, "Files").click();
  const run = await saved(page, "SaveRun");
  assert.match(run.name, /^conclave-raft-\d+\.json$/);
  assert.deepEqual(JSON.parse(run.text).interventions.map(({ crash }) => crash), [2]);
  const lines = await saved(page, "SaveLines");
  const events = lines.text.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(events.map(({ event }) => event), events.map((_, index) => index));
  assert.equal(events.at(-1).kind === "crashed" || events.some(({ kind }) => kind === "crashed"), true);
  const log = await saved(page, "SaveShiViz");
  assert.match(log.text, /^\(\?<host>/);
  await page.keyboard.press("Escape");
  await page.locator('[data-algorithm="bully"]').click();
  await act(page, "Files").click();
  await give(page, run.name, run.text);
  await page.locator(".notice").getByText(`Opened ${run.name}.`).waitFor();
  assert.match(await act(page, "Undo").getAttribute("aria-label"), /crashed N2/);
  await act(page, "Undo").click();
  await act(page, "Redo").click();
  assert.equal(await title(page), headline);
});

test("what is wrong with a file is said with its line and the way to it", async ({ page }) => {
  await leads(page);
  await act(page, "Files").click();
  await give(page, "slip.json", '{ "algorithm": "raft",\n"nods": 3,\n"script": [ { "at": "1s", "crash": 9 } ] }');
  const wrong = page.locator(".file-wrong");
  await wrong.getByText('slip.json: nods: there is no field "nods"; did you mean "nodes"? (line 2)').waitFor();
  assert.match(await wrong.innerText(), /script\[0\]\.crash: there is no node 9 \(line 3\)/);
  await expectAccessible(page);
  await give(page, "link.txt", `https://example.org/#s=${GOLDEN[1].slice(0, -1)}`);
  await wrong.getByText("link.txt: This link is incomplete").waitFor();
  await give(page, "link.txt", `https://example.org/#s=${GOLDEN[1]}\n`);
  await page.locator(".notice").getByText("Opened link.txt.").waitFor();
  assert.equal(await clock(page), 250);
});

test("an opened run shows in the set-up bar what it is", async ({ page }) => {
  await leads(page);
  await act(page, "Files").click();
  await give(page, "told.json", '{ "title": "Eight of them", "algorithm": "raft", "nodes": 8, "script": [ { "at": "2s", "crash": "leader" } ] }');
  await page.locator(".notice").getByText("Opened told.json.").waitFor();
  assert.equal(await act(page, "Nodes").inputValue(), "8");
  assert.equal(await act(page, "Stories").evaluate((select) => select.selectedOptions[0].textContent), "Eight of them");
  await act(page, "Stories").selectOption("raft-split-vote");
  await page.waitForFunction(() => document.querySelector('[data-act="Nodes"]').value !== "8");
  assert.equal(await page.locator('[data-act="Stories"] option[value="opened"]').count(), 0);
});

test("a link of more than 2 000 characters says so and offers a file", { seconds: 90 }, async ({ page }) => {
  await leads(page);
  await act(page, "Files").click();
  const acts = Array.from({ length: 600 }, (_, index) => ({ at: `${1000 + index * 7}ms`, request: `w${index}`, to: 1 + (index % 5) }));
  await give(page, "long.json", JSON.stringify({ algorithm: "raft", interventions: acts }));
  await page.locator(".notice").getByText("Opened long.json.").waitFor();
  await act(page, "Files").click();
  await page.getByText(/As a link it takes \d+\s\d+ characters. Some chat tools cut links over 2\s000: save it as a file instead./).waitFor();
});

test("a file dropped on the page is opened", async ({ page }) => {
  await leads(page);
  const drag = (kind, text) =>
    page.evaluate(
      ([kind, text]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], "dropped.json", { type: "application/json" }));
        document.querySelector(".stage").dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
      },
      [kind, text],
    );
  await drag("dragover", "");
  await page.locator(".drop-veil").getByText("Drop the file to open its run").waitFor();
  await drag("drop", '{ "algorithm": "zab", "nodes": 3 }');
  await page.locator(".notice").getByText("Opened dropped.json.").waitFor();
  assert.equal(await page.locator(".drop-veil").count(), 0);
  assert.equal(await page.locator('[data-algorithm="zab"]').getAttribute("aria-checked"), "true");
  await drag("drop", "{ nonsense");
  await complaint(page, "dropped.json: ");
});

test("after a failure going back keeps what was done", { errors: [/./] }, async ({ page }) => {
  await crashed(page);
  await page.evaluate(() => {
    document.documentElement.dataset.failure = "panicked at a test";
    dispatchEvent(new Event("conclave-failed"));
  });
  const report = await page.locator("#rescue pre").innerText();
  assert.match(report, /#\/play\/raft\?s=1\./);
  await page.locator("#rescue").getByText("Go back ten seconds").click();
  await page.waitForFunction(() => document.querySelector("#rescue") === null && document.querySelector(".clock b"));
  await started(page);
  assert.match(page.url(), /s=1\..*/);
  assert.match(await act(page, "Undo").getAttribute("aria-label"), /crashed N2/);
  assert.equal(await clock(page), 0);
});

testLooks("the dialog of runs and a complaint", { at: "?n=77&t=soon", viewports: ["desktop", "projector", "phone"] }, async ({ page }) => {
  await complaint(page, "n=77");
  await expectAccessible(page);
  const wide = await act(page, "Files").isVisible();
  if (wide) await act(page, "Files").click();
  else {
    await act(page, "Setup").click();
    await act(page, "FilesNarrow").click();
  }
  await page.locator(".run-row").waitFor();
  await expectAccessible(page);
  const cut = await page.evaluate(() =>
    [".complaints", ".dialog[open]", ".dialog[open] .dialog-content"]
      .map((part) => document.querySelector(part))
      .filter((part) => part.scrollWidth > part.clientWidth || part.getBoundingClientRect().right > innerWidth)
      .map((part) => part.className),
  );
  assert.deepEqual(cut, []);
});
