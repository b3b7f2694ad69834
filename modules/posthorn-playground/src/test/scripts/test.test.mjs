// ./test itself: only what it says, because what it does is this.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./program.mjs";

test("--help lists the options", async () => {
  const { code, out } = await run("./test", ["--help"]);
  assert.equal(code, 0);
  for (const option of ["--long", "--minutes", "--jdk", "--help"]) {
    assert.ok(out.includes(option), out);
  }
});

test("a wrong option is told in one sentence", async () => {
  for (const args of [["--fast"], ["--minutes"], ["--minutes", "x"], ["--jdk"], ["--jdk", "/nowhere"]]) {
    const { code, out, err } = await run("./test", args);
    assert.match(err, /^test: [^\n]+\n$/, args.join(" "));
    assert.deepEqual({ code, out }, { code: 2, out: "" }, args.join(" "));
  }
});
