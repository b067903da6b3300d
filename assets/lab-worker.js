// Runs portions of an experiment off the page's main thread, on the same module as the page: the page sends the address of
// its script and its compiled module once, then portions of work.
let opened = null;

async function open({ script, module }) {
  const exports = await import(script);
  await exports.default({ module_or_path: module });
  return exports.lab_work;
}

addEventListener("message", async ({ data }) => {
  try {
    if (data.script) {
      opened = open(data);
      await opened;
      postMessage({ ready: true });
      return;
    }
    // Work may be asked for before the module stands.
    const work = await opened;
    const began = performance.now();
    const readings = await work(data.document, data.case, data.first, data.count);
    postMessage({ job: data.job, readings, took: performance.now() - began }, [readings.buffer]);
  } catch (error) {
    postMessage({ job: data.job ?? -1, error: String(error?.message ?? error) });
  }
});
