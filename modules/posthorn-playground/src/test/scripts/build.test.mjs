// When ./posthorn builds and when it does not. A stand-in for Maven notes each call and delivers jars that exist.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathWithoutNode, root, run } from "./program.mjs";

const PLAYGROUND = "modules/posthorn-playground";
const SOURCES = `${PLAYGROUND}/src/main`;
let tree;

before(async () => {
  await run("./posthorn", ["--version"]);
  const built = join(root, ".posthorn", readFileSync(join(root, ".posthorn/latest"), "utf8").trim());
  tree = mkdtempSync(join(tmpdir(), "posthorn-"));
  for (const path of ["posthorn", "pom.xml", ".mvn", "modules/posthorn/pom.xml", "modules/posthorn/src/main"]) {
    cpSync(join(root, path), join(tree, path), { recursive: true });
  }
  for (const path of [`${PLAYGROUND}/pom.xml`, SOURCES]) {
    cpSync(join(root, path), join(tree, path), { recursive: true });
  }
  mkdirSync(join(tree, "bin"));
  writeFileSync(
    join(tree, "bin/mvn"),
    `#!/bin/sh
    echo "$@" >>'${tree}/calls'
    mkdir -p "${tree}/${PLAYGROUND}/target/lib"
    cd "${built}" && cp *.jar "${tree}/${PLAYGROUND}/target/lib" && mv "${tree}/${PLAYGROUND}/target/lib"/posthorn-playground-*.jar "${tree}/${PLAYGROUND}/target/"
    `,
    { mode: 0o755 },
  );
});

after(() => rmSync(tree, { recursive: true, force: true }));

/** How often Maven ran during one start. */
async function builds(programs = process.env.PATH) {
  rmSync(join(tree, "calls"), { force: true });
  const env = { PATH: `${join(tree, "bin")}:${programs}` };
  const { code, out, err } = await run("./posthorn", ["--version"], { cwd: tree, env });
  assert.equal(code, 0, err);
  assert.match(out, /^Posthorn /);
  try {
    return readFileSync(join(tree, "calls"), "utf8").trim().split("\n").length;
  } catch {
    return 0;
  }
}

test("the first start builds, the second does not", async () => {
  assert.equal(await builds(), 1);
  assert.equal(await builds(), 0);
});

test("a new file is built, and so is the tree without it", async () => {
  const file = join(tree, SOURCES, "resources/new.txt");
  writeFileSync(file, "new");
  assert.equal(await builds(), 1);
  assert.equal(await builds(), 0);
  rmSync(file);
  // The build before the last is kept: a server may still run from it.
  assert.equal(await builds(), 0);
});

test("a changed file is built, even one that looks older than the build", async () => {
  const pom = join(tree, "pom.xml");
  const old = readFileSync(pom);
  writeFileSync(pom, `${old}\n`);
  assert.equal(await builds(), 1);
  writeFileSync(pom, `${old}\n\n`);
  assert.equal(await builds(), 1);
});

test("a deleted file is noticed", async () => {
  rmSync(join(tree, SOURCES, "resources/simplelogger.properties"));
  assert.equal(await builds(), 1);
});

test("without Node.js what is there is started, and what has changed is built without the client", async () => {
  const programs = pathWithoutNode(join(tree, "no-node"));
  assert.equal(await builds(programs), 0);
  writeFileSync(join(tree, "modules/posthorn/src/main/client/package-lock.json"), "{}");
  assert.equal(await builds(programs), 1);
  assert.match(readFileSync(join(tree, "calls"), "utf8"), / -DskipClient /);
  assert.equal(await builds(programs), 0);
  assert.equal(await builds(), 1);
  assert.doesNotMatch(readFileSync(join(tree, "calls"), "utf8"), /skipClient/);
});
