// Serves one folder at one path of 127.0.0.1 and nothing else. By hand: node scripts/static_server.mjs FOLDER
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Resolves to `{ url, close }` once it listens. Port 0 takes any free one; `base` begins and ends with a slash. */
export function serve(folder, { base = "/", port = 0, cache = "no-cache" } = {}) {
  const server = createServer(async (request, response) => {
    const file = fileFor(folder, base, request.url);
    const body = file && (await readFile(file).catch(() => null));
    if (!body) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.\n");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": cache }).end(body);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const url = `http://127.0.0.1:${server.address().port}${base}`;
      resolve({ url, close: () => new Promise((done) => (server.close(done), server.closeAllConnections())) });
    });
  });
}

function fileFor(folder, base, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, "http://localhost").pathname);
  } catch {
    return null;
  }
  if (!path.startsWith(base)) return null;
  path = path.slice(base.length);
  if (path === "" || path.endsWith("/")) path += "index.html";
  const file = normalize(join(folder, path));
  return file.startsWith(normalize(folder) + sep) ? file : null;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const port = Number(process.env.PORT || 8080);
  try {
    const { url } = await serve(process.argv[2] ?? "dist", { port });
    console.log(`\nConclave runs at ${url} (stop it with Ctrl-C)`);
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error;
    console.error(`\nPort ${port} is taken. Choose another: make serve PORT=${port + 1}`);
    process.exit(1);
  }
}
