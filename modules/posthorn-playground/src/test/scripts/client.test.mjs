// How the browser client comes into the library's jar, and that a build with -DskipClient needs no Node.js.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { gunzipSync } from "node:zlib";
import { pathWithoutNode, root, run } from "./program.mjs";

const LIBRARY = "modules/posthorn";
const CLIENT = `${LIBRARY}/src/main/client`;
const SCRIPTS = ["socket.io.js", "socket.io.min.js", "socket.io.msgpack.min.js"];
let tree;
let resources;

before(() => {
  tree = mkdtempSync(join(tmpdir(), "posthorn-client-"));
  resources = join(tree, "resources");
  cpSync(join(root, CLIENT), join(tree, CLIENT), { recursive: true });
  mkdirSync(join(tree, "empty"));
});

after(() => rmSync(tree, { recursive: true, force: true }));

/** Runs the script that the build runs. */
function pack(env = {}) {
  return run(process.execPath, [join(tree, CLIENT, "pack.mjs"), join(tree, "work"), resources], { cwd: tree, env });
}

/** Nothing can be found with it. */
function nowhere() {
  return { PATH: join(tree, "empty") };
}

function packed(name) {
  return readFileSync(join(resources, name));
}

test("what is packed are the scripts of the version in the lock file, and each defines io", async () => {
  assert.deepEqual(await pack(), { code: 0, out: "", err: "" });
  const { packages } = JSON.parse(readFileSync(join(root, CLIENT, "package-lock.json"), "utf8"));
  const { version } = packages["node_modules/socket.io-client"];
  assert.equal(packed("version").toString(), version);
  for (const name of SCRIPTS) {
    const script = packed(name).toString();
    assert.ok(script.startsWith(`/*!\n * Socket.IO v${version}\n`), name);
    const page = createContext({ setTimeout, clearTimeout });
    runInContext(script, page);
    assert.deepEqual([typeof page.io, typeof page.io.Manager], ["function", "function"], name);
  }
});

test("each file has its map, its compressed form and the licence beside it", () => {
  for (const name of [...SCRIPTS, "socket.io.esm.min.js"].flatMap((script) => [script, `${script}.map`])) {
    assert.ok(gunzipSync(packed(`${name}.gz`)).equals(packed(name)), name);
  }
  assert.match(packed("LICENSE").toString(), /^The MIT License/);
});

test("what is packed already is left as it is, without npm", async () => {
  assert.deepEqual(await pack(nowhere()), { code: 0, out: "", err: "" });
});

test("a missing file and a changed lock file are packed again; without npm that fails in a sentence", async () => {
  rmSync(join(resources, "socket.io.js.gz"));
  const { code, err } = await pack(nowhere());
  assert.equal(code, 1);
  assert.match(err, /^[^\n]+\nnpm could not install the browser client; -DskipClient builds without it\.\n$/);
  assert.equal((await pack()).code, 0);

  const lock = join(tree, CLIENT, "package-lock.json");
  writeFileSync(lock, `${readFileSync(lock, "utf8")}\n`);
  assert.equal((await pack(nowhere())).code, 1);
  assert.equal((await pack()).code, 0);
  assert.equal((await pack(nowhere())).code, 0);
});

test("the lock file names no registry", () => {
  assert.doesNotMatch(readFileSync(join(root, CLIENT, "package-lock.json"), "utf8"), /"resolved"|:\/\//);
});

test("-DskipClient builds a jar without the client, with no Node.js on the PATH", async () => {
  for (const path of ["pom.xml", ".mvn", `${LIBRARY}/pom.xml`, `${LIBRARY}/src/main`]) {
    cpSync(join(root, path), join(tree, path), { recursive: true });
  }
  // The modules that the parent names must be there, and are not built.
  for (const module of ["posthorn-playground", "posthorn-bench"]) {
    cpSync(join(root, "modules", module, "pom.xml"), join(tree, "modules", module, "pom.xml"));
  }
  const env = { PATH: pathWithoutNode(join(tree, "bin")) };
  // The compiler's checks have nothing to do with this.
  const quick = ["-B", "-ntp", "-Pnewer-jdk", "-pl", LIBRARY, "-Dmaven.test.skip=true"];
  const build = await run("mvn", [...quick, "-DskipClient", "package"], { cwd: tree, env });
  assert.equal(build.code, 0, build.out);
  const target = join(tree, LIBRARY, "target");
  const jar = readdirSync(target).find((name) => name.endsWith(".jar"));
  const { out } = await run("jar", ["--list", "--file", join(target, jar)]);
  assert.match(out, /io\/posthorn\/Posthorn\.class/);
  assert.doesNotMatch(out, /socketio\/client\//);

  const { code } = await run("mvn", [...quick, "process-resources"], { cwd: tree, env });
  assert.notEqual(code, 0, "a build with the client needs Node.js");
});
