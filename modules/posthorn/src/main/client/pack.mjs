// Installs the official browser client as the lock file says, and packs what a server gives to browsers into the library's
// resources, each file also compressed:
//   node pack.mjs WORK RESOURCES
// What was packed before from the same lock file is left as it is. npm works in the folder WORK, so that nothing appears
// among the sources.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";

const SOURCES = ["package.json", "package-lock.json", ".npmrc", "pack.mjs"];
const SCRIPTS = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"];
const FILES = SCRIPTS.flatMap((name) => [name, `${name}.map`]);
const RESULTS = [...FILES, ...FILES.map((name) => `${name}.gz`), "LICENSE", "version"];
const NPM_CI = ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];

const here = dirname(fileURLToPath(import.meta.url));
const [work, resources] = process.argv.slice(2);
const stamp = join(work, "packed");

function fingerprint() {
  const hash = createHash("sha256");
  for (const name of SOURCES) {
    hash.update(readFileSync(join(here, name))).update("\0");
  }
  return hash.digest("hex");
}

function isPacked(print) {
  return existsSync(stamp)
    && readFileSync(stamp, "utf8") === print
    && RESULTS.every((name) => existsSync(join(resources, name)));
}

function install() {
  for (const name of SOURCES) {
    copyFileSync(join(here, name), join(work, name));
  }
  // On Windows npm is a script of the shell's.
  const npm = spawnSync("npm", NPM_CI, { cwd: work, encoding: "utf8", shell: process.platform === "win32" });
  if (npm.status !== 0) {
    const cause = npm.error ? `${npm.error.message}\n` : npm.stdout + npm.stderr;
    process.stderr.write(`${cause}npm could not install the browser client; -DskipClient builds without it.\n`);
    process.exit(1);
  }
}

function pack() {
  const client = join(work, "node_modules/socket.io-client");
  for (const name of FILES) {
    const bytes = readFileSync(join(client, "dist", name));
    writeFileSync(join(resources, name), bytes);
    writeFileSync(join(resources, `${name}.gz`), gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
  }
  copyFileSync(join(client, "LICENSE"), join(resources, "LICENSE"));
  const { version } = JSON.parse(readFileSync(join(client, "package.json"), "utf8"));
  writeFileSync(join(resources, "version"), version);
}

const print = fingerprint();
if (!isPacked(print)) {
  mkdirSync(work, { recursive: true });
  mkdirSync(resources, { recursive: true });
  // Last comes the stamp, so that what was broken off is done again.
  rmSync(stamp, { force: true });
  install();
  pack();
  writeFileSync(stamp, print);
}
