// odata2ts: has the generator read $metadata from the running feed and write a client in TypeScript, compiles that with
// odata2ts/client.ts, which asks by it, and runs the result. All of it in a folder of its own, so that runs may be at once.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./ask.js";

const here = path.dirname(fileURLToPath(import.meta.url));
fs.mkdirSync(path.join(here, ".local"), { recursive: true });
const folder = fs.mkdtempSync(path.join(here, ".local", "odata2ts-"));

// What the tools have to say goes to standard error: standard output is for the answers alone.
const run = (output, script, ...args) => execFileSync(process.execPath, [script, ...args], { cwd: folder, stdio: ["ignore", output, process.stderr.fd] });
const tool = (name, ...args) => run(process.stderr.fd, path.join(here, "node_modules", name), ...args);

try {
  fs.cpSync(path.join(here, "odata2ts"), folder, { recursive: true });
  tool("@odata2ts/odata2ts/lib/run-cli.js", "--source-url", root.slice(0, -1), "--source", "metadata.xml", "--refresh-file",
    "--output", "generated", "--mode", "service", "--emit-mode", "ts", "--service-name", "Conflict");
  tool("typescript/bin/tsc");
  run(process.stdout.fd, "client.js");
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
