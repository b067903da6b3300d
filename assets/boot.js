// Starts the simulator, or says why it cannot. A file of its own, so that the page needs no inline script.
// Trunk.toml writes the two addresses, relative to the page, into the script tag.
(() => {
  const { module, wasm } = document.currentScript.dataset;
  const page = document.baseURI;

  if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.dataset.theme ??= "dark";

  async function start() {
    if (typeof WebAssembly !== "object") throw new Error("WebAssembly is missing");
    const { default: init } = await import(new URL(module, page));
    await init({ module_or_path: new URL(wasm, page) });
  }

  function why(error) {
    if (typeof WebAssembly !== "object" || error instanceof WebAssembly.CompileError) {
      return "this browser blocks WebAssembly. Here is a still of the scenario.";
    }
    if (error instanceof WebAssembly.RuntimeError) return "it stopped on an internal error. Reload the page to try again.";
    return "a part of it did not arrive. Reload the page to try again.";
  }

  start().catch((error) => {
    document.getElementById("still-status").textContent = `The simulator could not start: ${why(error)}`;
    console.error(error);
  });
})();
