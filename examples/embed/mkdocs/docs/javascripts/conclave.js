// For Material for MkDocs: Conclave's element follows the palette that the reader chose.
(() => {
  const page = document.body;
  function follow() {
    const theme = page.dataset.mdColorScheme === "slate" ? "dark" : "light";
    for (const element of document.querySelectorAll("leader-election")) element.setAttribute("theme", theme);
  }
  new MutationObserver(follow).observe(page, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  // With instant loading Material puts other contents into the same page.
  if (typeof document$ === "object") document$.subscribe(follow);
  follow();
})();
