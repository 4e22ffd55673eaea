// Installs the packages of the folder that it is run in, from the lock file there. Builds may run at once: each installs
// into a folder of its own, and the first to finish puts its result in place.
const { execSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const folder = process.cwd();
const target = path.join(folder, "node_modules");
const own = path.join(folder, `node_modules.${process.pid}.tmp`);

function fail(message) {
  console.error(`npm : error LFH001: ${message}`);
  process.exit(1);
}

function isCurrent() {
  const installed = fs.statSync(path.join(target, ".installed"), { throwIfNoEntry: false });
  const newest = Math.max(...["package.json", "package-lock.json"].map((name) => fs.statSync(path.join(folder, name)).mtimeMs));
  return installed !== undefined && installed.mtimeMs >= newest;
}

function install() {
  fs.mkdirSync(own);
  for (const name of ["package.json", "package-lock.json"]) fs.copyFileSync(path.join(folder, name), path.join(own, name));
  execSync("npm ci --no-audit --no-fund --ignore-scripts --loglevel=error", { cwd: own, stdio: "inherit" });
  fs.writeFileSync(path.join(own, "node_modules", ".installed"), "");
}

function putInPlace() {
  if (isCurrent()) return;
  if (fs.existsSync(target)) fs.renameSync(target, path.join(own, "replaced"));
  fs.renameSync(path.join(own, "node_modules"), target);
}

if (Number(process.versions.node.split(".")[0]) < 20) fail(`Node.js 20 or newer is needed, this is ${process.versions.node}.`);
if (isCurrent()) process.exit(0);
try {
  install();
  putInPlace();
} catch (error) {
  if (!isCurrent()) fail(`"npm ci" did not succeed (${error.message}). Is npm installed, and can it reach its registry?`);
} finally {
  fs.rmSync(own, { recursive: true, force: true });
}
