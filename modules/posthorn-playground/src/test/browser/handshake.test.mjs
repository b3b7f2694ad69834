import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../main/resources/web/frames/frame.js";
import { acceptSteps, field, parseHandshake } from "../../main/resources/web/frames/handshake.js";
import { sha1 } from "../../main/resources/web/frames/sha1.js";

function digestOf(text) {
  return hex(sha1(new TextEncoder().encode(text)), "");
}

// The samples of FIPS 180 and RFC 3174.
test("SHA-1 of the standard's samples", () => {
  assert.equal(digestOf(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  assert.equal(digestOf("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  assert.equal(
    digestOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
    "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
  );
  assert.equal(digestOf("a".repeat(1_000_000)), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
});

test("the padding fits at every length around a block", async () => {
  for (let length = 50; length < 70; length++) {
    const bytes = new Uint8Array(length).fill(0x5a);
    const expected = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes));
    assert.deepEqual(sha1(bytes), expected, `${length} bytes`);
  }
});

test("the accept value follows from the key", () => {
  assert.equal(acceptSteps("nkn9FKfNeUAg/SCLsFaD+w==").accept, "knnYRiRuQnwyP6A12QAMUeE1Pvc=");
  assert.equal(acceptSteps("dGhlIHNhbXBsZSBub25jZQ==").accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // RFC 6455 1.3
});

test("both heads are taken apart, their sizes counted as on the wire", () => {
  const told = "GET /echo HTTP/1.1\nHost: a\nSec-WebSocket-Key: k==\n\nHTTP/1.1 101 Switching Protocols\nUpgrade: websocket";
  const { request, response, steps } = parseHandshake(told);
  assert.equal(request.startLine, "GET /echo HTTP/1.1");
  assert.deepEqual(request.fields[0], { name: "Host", value: "a" });
  assert.equal(request.size, "GET /echo HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: k==\r\n\r\n".length);
  assert.equal(field(response, "upgrade"), "websocket");
  assert.equal(field(response, "sec-websocket-accept"), null);
  assert.equal(steps.key, "k==");
});
