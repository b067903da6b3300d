// After an engine failure: a report that can be copied, and ways on that need no engine.
// The engine's panic hook leaves its words in `data-failure` and fires `conclave-failed`.
(() => {
  const root = document.documentElement;
  const TEN_SECONDS = 10_000;

  function element(tag, text, className) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(text, press, primary = false) {
    const made = element("button", text, primary ? "btn primary" : "btn");
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  // The run with everything done in it, as a link; and the same without the visitor's acts.
  const run = () => root.dataset.address || location.hash || "#/play";

  function restart(address) {
    // What the tab kept is the run that failed.
    try {
      sessionStorage.removeItem("conclave.kept");
    } catch {}
    history.replaceState(null, "", location.pathname + address);
    location.reload();
  }

  function show() {
    if (document.getElementById("rescue")) return;
    const at = Number(root.dataset.at || 0);
    const report = `Conclave ${location.origin}${location.pathname}${run()}\n${root.dataset.failure || ""}\n${navigator.userAgent}`;
    const dialog = element("dialog", "", "dialog rescue");
    dialog.id = "rescue";
    dialog.setAttribute("aria-labelledby", "rescue-title");
    const title = element("h2", `Conclave stopped on an internal error at ${at} ms`);
    title.id = "rescue-title";
    const head = element("header", "", "dialog-head");
    head.append(title);
    const body = element("div", "", "dialog-content");
    const words = element("pre", report);
    words.tabIndex = 0;
    words.setAttribute("aria-label", "Report");
    const foot = element("div", "", "dialog-foot");
    const copy = button("Copy report", async () => {
      try {
        await navigator.clipboard.writeText(report);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(words);
        copy.textContent = "Selected: copy it with Ctrl+C";
      }
    });
    foot.append(
      copy,
      button("Go back ten seconds", () => restart(`${run()}&t=${Math.max(0, at - TEN_SECONDS)}`)),
      button("Reset", () => restart(root.dataset.start || "#/play"), true),
    );
    body.append(element("p", "Your run is safe: the report holds its link. Going back keeps everything you did; Reset begins it again without."), words, foot);
    dialog.append(head, body);
    document.body.append(dialog);
    if (parent === window) return dialog.showModal();
    // In somebody else's page nothing takes the focus; that page is told instead.
    dialog.setAttribute("open", "");
    parent.postMessage({ conclave: 1, event: "error", message: `stopped on an internal error at ${at} ms` }, "*");
  }

  addEventListener("conclave-failed", () => queueMicrotask(show));
})();
