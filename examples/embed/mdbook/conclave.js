// For mdBook: loads Conclave's element from the folder conclave/ of the book, and follows the theme that the reader chose.
(() => {
  // mdBook sets path_to_root in every page.
  const root = typeof path_to_root === "string" ? path_to_root : "";
  const script = document.createElement("script");
  script.src = new URL(`${root}conclave/embed.js`, document.baseURI).href;
  document.head.append(script);

  const DARK = ["coal", "navy", "ayu"];
  const page = document.documentElement;
  function follow() {
    const theme = DARK.some((name) => page.classList.contains(name)) ? "dark" : "light";
    for (const element of document.querySelectorAll("leader-election")) element.setAttribute("theme", theme);
  }
  new MutationObserver(follow).observe(page, { attributes: true, attributeFilter: ["class"] });
  follow();
})();
