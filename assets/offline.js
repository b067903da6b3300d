// Puts this page, the simulator and one run into a single HTML file that opens from disk. Loaded when it is asked for;
// scripts/offline.mjs makes the same file from a built page.

/** Everything by name: `read(name)` resolves to the bytes of a file of the built page. Resolves to the text of the file. */
export async function assemble(read, fragment) {
  const text = async (name) => new TextDecoder().decode(await read(plain(name)));
  const data = async (name, type) => `data:${type};base64,${base64(await read(plain(name)))}`;
  let page = await text("index.html");
  const boot = page.match(/<script src="[^"]*boot\.js" data-module="([^"]+)" data-wasm="([^"]+)"><\/script>/);
  if (!boot) throw new Error("the page does not start as expected");
  const { code: glue, names } = await joined(await text(boot[1]), text);
  const scripts = [];
  const styles = [];
  const script = (code, type = "") => {
    const safe = code.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");
    scripts.push(safe);
    return `<script${type}>${safe}</script>`;
  };

  page = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "@policy@");
  page = page.replace(/<link rel="(?:modulepreload|preload)"[^>]*>/g, "");
  const put = async (pattern, make) => {
    for (const found of [...page.matchAll(pattern)]) {
      const made = await make(found[1]);
      page = page.replace(found[0], () => made);
    }
  };
  await put(/<link rel="icon" href="([^"]+)"[^>]*>/g, async (name) => `<link rel="icon" href="${await data(name, "image/svg+xml")}">`);
  await put(/<link rel="(?:stylesheet|later)" href="([^"]+)"[^>]*>/g, async (name) => {
    let css = (await text(name)).replace(/<\/style/gi, "");
    for (const [whole, font] of [...css.matchAll(/url\("?([^")]+\.woff2)"?\)/g)])
      css = css.replace(whole, `url(${await data(font, "font/woff2")})`);
    styles.push(css);
    return `<style>${css}</style>`;
  });
  await put(/<script src="([^"]*rescue\.js)"><\/script>/g, async (name) => script(await text(name)));

  const start = `${glue}
const still = document.getElementById("still-status");
if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.dataset.theme ??= "dark";
if (!location.hash) location.hash = ${JSON.stringify(fragment).replaceAll("<", "\\u003c")};
__wbg_init({ module_or_path: offlineBytes("wasm") }).then(
  () => document.getElementById("still")?.remove(),
  (error) => { still.textContent = "The simulator could not start: this browser blocks WebAssembly."; console.error(error); },
);`;
  let blocks = "";
  for (const [id, name] of [["wasm", boot[2]], ...names.map((name) => [name, name])])
    blocks += `<script type="text/plain" id="${id}">${base64(await read(plain(name)))}</script>\n`;
  page = page.replace(boot[0], () => blocks + script(start, ' type="module"'));

  const hashes = async (parts) => (await Promise.all(parts.map(hash))).join(" ");
  const policy = [
    "default-src 'none'",
    `script-src ${await hashes(scripts)} 'wasm-unsafe-eval'`,
    `style-src ${await hashes(styles)}`,
    "style-src-attr 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return page.replace("@policy@", () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

/** The page's module and the loaders of its parts as one module, which takes parts out of the file itself. */
async function joined(glue, text) {
  const names = [];
  let code = `function offlineBytes(id) {
  return Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
}
async function offlineFetch(id) {
  return new Response(offlineBytes(id), { headers: { "content-type": "application/wasm" } });
}
`;
  let own = glue;
  const spaces = [];
  for (const [line, space, from] of [...glue.matchAll(/^import \* as (\w+) from "\.\/([^"]+)";?$/gm)]) {
    own = own.replace(line, "");
    let known = spaces.find((one) => one.from === from);
    if (!known) {
      let loaders = (await text(from)).replace(/^import \{ *initSync *\} from "[^"]+";?$/m, "");
      const exported = [...loaders.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
      loaders = loaders.replace(/^export const/gm, "const");
      loaders = loaders.replace(/fetch\(new URL\("\.\/([^"]+)", import\.meta\.url\)\)/g, (_, name) => {
        names.push(name);
        return `offlineFetch("${name}")`;
      });
      code += `${loaders}\n`;
      spaces.push((known = { from, exported }));
    }
    code += `const ${space} = { ${known.exported.join(", ")} };\n`;
  }
  if (/^\s*import\s*[\w*{"']/m.test(own + code)) throw new Error("the simulator consists of unknown modules");
  return { code: code + own, names };
}

function plain(name) {
  return name.replace(/^\.\//, "").replace(/^.*\/(?=fonts\/)/, "");
}

function base64(bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 32768) letters += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(letters);
}

/** Without a secure connection a browser computes no hash: then inline code is allowed as such. */
async function hash(code) {
  if (!globalThis.crypto?.subtle) return "'unsafe-inline'";
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
  return `'sha256-${base64(new Uint8Array(sum))}'`;
}

async function save(root) {
  const read = async (name) => {
    const answer = await fetch(new URL(name, document.baseURI));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const page = await assemble(read, root.dataset.offline || "#/play/raft");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  link.download = "conclave-offline.html";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const root = globalThis.document?.documentElement;
if (root?.hasAttribute("data-offline")) {
  save(root).then(
    () => root.dispatchEvent(new Event("conclave-saved")),
    (error) => {
      console.warn(error);
      root.dispatchEvent(new Event("conclave-not-saved"));
    },
  );
}
