// ./bench: what it says before it builds anything, because what it does takes hours.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./program.mjs";

test("--help lists the options", async () => {
  const { code, out } = await run("./bench", ["--help"]);
  assert.equal(code, 0);
  for (const option of ["--quick", "--only", "--servers", "--runs", "--out", "--jdk25", "--build", "--list", "--help"]) {
    assert.ok(out.includes(option), out);
  }
});

test("a wrong option is told in one sentence", async () => {
  for (const args of [["--fast"], ["--runs"], ["--runs", "0"], ["--only"], ["--servers", "--quick"], ["--jdk25", "/nowhere"]]) {
    const { code, out, err } = await run("./bench", args);
    assert.match(err, /^bench: [^\n]+\n$/, args.join(" "));
    assert.deepEqual({ code, out }, { code: 2, out: "" }, args.join(" "));
  }
});
