import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase64, shown, textOf } from "../../main/resources/web/lab/wire/bytes.js";
import { parameters, requestNote, responseNote, startNote, transportOf } from "../../main/resources/web/lab/wire/notes.js";
import { partsOf } from "../../main/resources/web/lab/wire/overhead.js";
import { readEventStream } from "../../main/resources/web/lab/wire/readings/event-source.js";
import { readDocument } from "../../main/resources/web/lab/wire/readings/iframe.js";
import { readPoll } from "../../main/resources/web/lab/wire/readings/poll.js";
import { read } from "../../main/resources/web/lab/wire/readings/reading.js";
import { readFrame } from "../../main/resources/web/lab/wire/readings/websocket.js";
import { WireRecord } from "../../main/resources/web/lab/wire/record.js";
import { Sizes } from "../../main/resources/web/lab/wire/sizes.js";
import { en } from "../../main/resources/web/lab/wire/text.en.js";
import { zh } from "../../main/resources/web/lab/wire/text.zh.js";

/** What went over the wire between Chromium and a server, as the lab tells it: the messages 2 and 3 have 64 bytes, 4 has 16 KiB. */
const RECORDED = JSON.parse(readFileSync(new URL("lab-wire.json", import.meta.url), "utf8"));

function bytesOf(text) {
  return new TextEncoder().encode(text);
}

/** A piece that the server sent, of which all was told, or only the beginning. */
function piece(text, missing = 0) {
  const bytes = bytesOf(text);
  return { from: "server", micros: 1, size: bytes.length + missing, bytes };
}

function chunk(content) {
  return piece(`${bytesOf(content).length.toString(16)}\r\n${content}\r\n`);
}

function recordOf(reader) {
  const record = new WireRecord();
  RECORDED.filter((told) => told.reader === reader).forEach((told) => record.add(told));
  return record;
}

function recorded(reader) {
  return recordOf(reader).rows;
}

function kinds(reader) {
  return recorded(reader).map(({ reading }) => reading.kind);
}

function notes({ lines }) {
  return lines.map(({ note }) => note);
}

/** The text of all parts with this role. */
function role(reading, wanted) {
  return reading.lines.flatMap(({ parts }) => parts).filter((part) => part.role === wanted).map(({ text }) => text);
}

test("a request's head says which transport it asks for", () => {
  for (const { reader, request } of RECORDED) {
    assert.equal(transportOf(request), reader);
  }
});

test("what was recorded is recognised piece by piece", () => {
  assert.deepEqual(kinds("short-polling"), ["nothing", "message", "message"]);
  assert.deepEqual(kinds("long-polling"), ["message", "message"]);
  assert.deepEqual(kinds("iframe"), ["heads", "beginning", "message", "message", "message", "keep-alive"]);
  assert.deepEqual(kinds("event-source"), ["heads", "beginning", "message", "message", "message", "keep-alive"]);
  assert.deepEqual(kinds("websocket"), ["heads", "message", "message", "message", "close", "close"]);
});

test("the parts of each piece add up to what it took on the wire", () => {
  for (const reader of new Set(RECORDED.map((told) => told.reader))) {
    for (const row of recorded(reader)) {
      const { exchange, piece: shownPiece } = row;
      const heads = exchange.isPoll || shownPiece === null ? exchange.requestBytes + exchange.responseBytes : 0;
      const sum = partsOf(row).reduce((total, { bytes }) => total + bytes, 0);
      assert.equal(sum, heads + (shownPiece?.size ?? 0), `${reader} ${row.id}`);
    }
  }
});

test("a message of 64 bytes is 64 bytes over every transport, whatever is around it", () => {
  for (const reader of ["long-polling", "iframe", "event-source", "websocket"]) {
    const { reading } = recorded(reader).find((row) => row.reading.text.startsWith("2 "));
    assert.equal(reading.payload, 64, reader);
    assert.ok(reading.isExact, reader);
  }
});

test("of a message of 16 KiB, of which the beginning is told, the size is known all the same", () => {
  for (const [reader, isExact] of [["event-source", false], ["websocket", true]]) {
    const { reading } = recorded(reader).find((row) => row.reading.text.startsWith("4 "));
    assert.equal(reading.payload, 16_384, reader);
    assert.equal(reading.isExact, isExact, reader);
  }
  const row = recorded("iframe").find(({ reading }) => reading.text.startsWith("4 "));
  const sizes = new Sizes();
  assert.equal(sizes.of(row).isExact, false);
  sizes.add(4, 16_384);
  assert.deepEqual(sizes.of(row), { count: 1, bytes: 16_384, isExact: true });
});

test("how many messages a long array holds follows from the size of the first", () => {
  const array = (length, text) => JSON.stringify(Array.from({ length }, (_, index) => ({ id: `k3-${index + 10}`, data: text })));
  const cut = (body) => ({ from: "server", micros: 1, size: body.length, bytes: bytesOf(body).subarray(0, 1024) });
  const sizes = new Sizes();
  const of = (told) => sizes.of({ piece: told, reading: readPoll(told) });
  assert.deepEqual(of(cut(array(30, "x".repeat(64)))), { count: 30, bytes: 1920, isExact: false });
  sizes.add(7, 5000);
  assert.deepEqual(of(cut(array(12, `7 ${"x".repeat(4998)}`))), { count: 12, bytes: 60_000, isExact: false });
});

test("whatever is told of a piece, and be it one byte, can be shown", () => {
  for (const told of RECORDED) {
    const isPoll = told.reader.endsWith("polling");
    for (const { bytes, ...rest } of told.pieces) {
      const whole = fromBase64(bytes);
      for (let end = 0; end <= whole.length; end++) {
        const reading = read({ ...told, isPoll, transport: told.reader }, { ...rest, bytes: whole.subarray(0, end) });
        assert.ok(`wire.kind.${reading.kind}` in en, reading.kind);
        assert.ok(reading.payload >= 0 && reading.payload <= rest.size, `${told.reader}, ${end} bytes: ${reading.payload}`);
      }
    }
  }
});

test("a chunk begins with its size in hex", () => {
  const { lines, framing } = readEventStream(chunk(`data: ${"x".repeat(87)}\n\n`));
  assert.deepEqual(lines[0], { note: "chunk", values: { hex: "5f", size: 95 }, parts: [{ text: "5f", role: "size" }], end: "CRLF" });
  assert.deepEqual(lines.at(-1), { note: "chunk.end", parts: [], end: "CRLF" });
  assert.equal(framing, 6);
});

test("a chunk of size 0 ends the answer", () => {
  for (const reader of [readEventStream, readDocument]) {
    const reading = reader(piece("0\r\n\r\n"));
    assert.equal(reading.kind, "end");
    assert.equal(reading.lines[0].note, "chunk.last");
  }
});

test("each line of an event is named", () => {
  const reading = readEventStream(chunk("id: k3-8\nevent: tick\ndata: one\ndata: two\n\n"));
  assert.deepEqual(notes(reading), ["chunk", "id", "event", "data", "data", "blank", "chunk.end"]);
  assert.deepEqual(role(reading, "payload"), ["one", "two"]);
  assert.equal(reading.text, "one\ntwo");
  assert.equal(reading.count, 1);
});

test("what tells no message is none: a position, a gap, a comment", () => {
  const kindOf = (text) => readEventStream(chunk(text)).kind;
  assert.equal(kindOf("id: k3-8\n\n"), "position");
  assert.equal(kindOf('event: gap\ndata: {"before":"k3-8"}\n\n'), "gap");
  assert.equal(kindOf(":\n\n"), "keep-alive");
  assert.equal(kindOf('event: gap\ndata: {"before":"k3-8"}\n\nid: k3-8\ndata: x\n\n'), "message");
});

test("a chunk of which the end was not told says how much is missing", () => {
  const reading = readEventStream(piece("4017\r\nid: k3-4\ndata: 4 now ....", 16_384));
  assert.equal(reading.lines.at(-1).more, 0x4017 - "id: k3-4\ndata: 4 now ....".length);
  assert.deepEqual(role(reading, "payload"), ["4 now ...."]);
});

test("the call in a script is found, whatever the data holds", () => {
  const data = String.raw`2 \"); parent.evil(\"\u003c/script\u003e`;
  const source = `<script>\nif (sameOrigin && typeof parent.lab.take === "function") parent.lab.take("${data}",{"id":"k3-2"});\n</script>\n`;
  const reading = readDocument(chunk(source));
  assert.deepEqual(notes(reading), ["chunk", "script", "call", "script.end", "chunk.end"]);
  assert.deepEqual(role(reading, "call"), ['parent.lab.take("', '",{"id":"k3-2"})']);
  assert.deepEqual(role(reading, "payload"), [data]);
  assert.equal(reading.payload, '2 "); parent.evil("</script>'.length);
  assert.equal(reading.lines[2].values.name, "parent.lab.take");
});

test("padding, a renewal and a keep-alive of a document are recognised", () => {
  const padding = readDocument(chunk(`<!doctype html>\n<!--${" ".repeat(1024)}-->\n`));
  assert.equal(padding.kind, "beginning");
  assert.equal(role(padding, "padding")[0].length, 1024);
  assert.equal(readDocument(chunk('<script>location.replace("?cursor=k3-8");</script>\n')).kind, "renewal");
  assert.equal(readDocument(chunk("\n")).kind, "keep-alive");
});

test("a poll's body may hold nothing, a message, or several", () => {
  assert.equal(readPoll(piece("")).kind, "nothing");
  const one = readPoll(piece('{"id":"k3-2","data":"\\"quoted\\""}'));
  assert.deepEqual(role(one, "payload"), ['\\"quoted\\"']);
  const two = readPoll(piece('[{"id":"k3-2","data":"2"},{"id":"k3-3","data":"data"}]'));
  assert.deepEqual(role(two, "payload"), ["2", "data"]);
  assert.equal(two.count, 2);
  assert.equal(two.payload, 5);
});

test("a frame of the browser is unmasked", () => {
  // fin, close; masked, 4 bytes; key; 1000 and "ok" under it
  const bytes = Uint8Array.of(0x88, 0x84, 1, 2, 3, 4, 0x03 ^ 1, 0xe8 ^ 2, 0x6f ^ 3, 0x6b ^ 4);
  const reading = readFrame({ from: "client", micros: 1, size: bytes.length, bytes });
  assert.equal(reading.kind, "close");
  assert.equal(reading.text, "1000 ok");
  assert.equal(reading.frame.isMasked, true);
  assert.equal(reading.framing, 6);
});

test("text is shown without what would turn it around", () => {
  assert.equal(shown("a\u202eb\u0000c\u2028d\u200fe"), "a·b·c·d·e");
  assert.equal(textOf(bytesOf("说").subarray(0, 2)), "");
});

test("a request's parameters that say what is asked for have a note", () => {
  const parts = parameters("GET /lab/clock/x?reader=long-polling&wait=25&cursor=k3-1 HTTP/1.1");
  assert.deepEqual(
    parts.filter(({ note }) => note).map(({ text, note }) => [text, note]),
    [
      ["reader=long-polling", "parameter.reader"],
      ["wait=25", "parameter.wait"],
      ["cursor=k3-1", "parameter.cursor"],
    ],
  );
  assert.equal(parts.map(({ text }) => text).join(""), "GET /lab/clock/x?reader=long-polling&wait=25&cursor=k3-1 HTTP/1.1");
});

test("the same header may matter for one transport and not for another", () => {
  const accept = { name: "Accept", value: "text/event-stream" };
  assert.equal(requestNote(accept, "event-source"), "request.accept");
  assert.equal(requestNote(accept, "iframe"), null);
  assert.equal(requestNote({ name: "constructor", value: "x" }, "iframe"), null);
  const connection = (value, transport) => responseNote({ name: "connection", value }, transport);
  assert.equal(connection("Upgrade", "websocket"), "response.connection");
  assert.equal(connection("close", "iframe"), "response.connection.close");
  assert.deepEqual(
    ["200", "204", "101", "403", "503"].map((status) => startNote(`HTTP/1.1 ${status} x`, "long-polling")),
    ["200.poll", "204", "101", "403", "other"],
  );
});

test("what is told again is known already, and another visit begins anew", () => {
  const record = new WireRecord();
  const told = RECORDED.find(({ reader }) => reader === "event-source");
  record.add(told);
  const { newest } = record;
  record.add(told);
  assert.equal(record.rows.length, 1 + told.pieces.length);
  assert.equal(record.newest, newest);
  record.add({ ...told, exchange: 2, pieces: [] });
  assert.equal(record.newest.id, "2");
  record.add({ ...told, request: told.request.replace("/feed", "/other"), pieces: [] });
  assert.deepEqual(record.rows.map(({ id }) => id), ["1"]);
});

/** A long poll that was answered, and one that was not, with this number. */
function poll(exchange, changes = {}) {
  return { ...RECORDED.find(({ reader }) => reader === "long-polling"), exchange, ...changes };
}

function question(exchange, ended = false) {
  return poll(exchange, { response: "", responseBytes: 0, ended, pieces: [] });
}

test("a poll that was asked waits for its answer, and is cut where its connection is over without", () => {
  const record = new WireRecord();
  record.add(question(1));
  assert.equal(record.newest.reading.kind, "waiting");
  record.add(question(1, true));
  record.add(question(2));
  assert.deepEqual(record.rows.map(({ reading }) => reading.kind), ["cut", "waiting"]);
  record.add(poll(2));
  assert.equal(record.newest.reading.kind, "message");
  record.add(poll(3, { response: "HTTP/1.1 403 Forbidden", pieces: [] }));
  assert.equal(record.newest.reading.kind, "refused");
});

test("a question without an answer is forgotten where the server has forgotten it, and comes back no more", () => {
  const record = new WireRecord();
  record.add(question(1));
  record.add(poll(9));
  assert.deepEqual(record.rows.map(({ id }) => id), ["9"]);
  assert.equal(record.rows[0].skipped.count, 8);
  record.add(poll(1));
  assert.deepEqual(record.rows.map(({ id }) => id), ["9"]);
});

test("what was not told is counted, and why", () => {
  const record = new WireRecord();
  record.add(poll(4));
  record.add(poll(5));
  record.add(poll(8));
  record.leave("elsewhere");
  record.add(poll(20));
  record.stay();
  record.add(poll(22));
  assert.deepEqual(record.rows.map(({ skipped }) => skipped && [skipped.count, skipped.why]), [
    [3, "early"],
    null,
    [2, "fast"],
    [11, "elsewhere"],
    [1, "fast"],
  ]);
});

test("a stream that is over without a word is cut off, and one that says so is not", () => {
  const told = RECORDED.find(({ reader }) => reader === "event-source");
  const kindsOf = (...pieces) => {
    const record = new WireRecord();
    record.add({ ...told, pieces: pieces.map(({ bytes, ...rest }) => ({ ...rest, bytes: btoa(String.fromCharCode(...bytes)) })) });
    record.add({ ...told, firstPiece: pieces.length + 1, pieces: [], ended: true });
    record.add({ ...told, firstPiece: pieces.length + 1, pieces: [], ended: true });
    return record.rows.map(({ reading }) => reading.kind);
  };
  assert.deepEqual(kindsOf(chunk("data: x\n\n")), ["heads", "message", "over"]);
  assert.deepEqual(kindsOf(chunk("data: x\n\n"), piece("0\r\n\r\n")), ["heads", "message", "end"]);
});

test("what only keeps a connection alive, or waits, does not take the place of a message", () => {
  assert.equal(recordOf("event-source").newest.reading.text.slice(0, 2), "4 ");
  const record = recordOf("long-polling");
  const { newest } = record;
  record.add(question(3));
  assert.equal(record.rows.at(-1).reading.kind, "waiting");
  assert.equal(record.newest, newest);
});

test("only so many rows are kept, and always the newest", () => {
  const record = new WireRecord();
  const told = RECORDED.find(({ reader }) => reader === "short-polling");
  for (let exchange = 1; exchange <= 500; exchange++) {
    record.add({ ...told, exchange });
  }
  assert.equal(record.rows.length, 60);
  assert.equal(record.newest.id, "500");
});

test("both languages have the same texts, with the same places to fill", () => {
  const places = (sentence) => (sentence.match(/\{\w+\}/g) ?? []).sort();
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual(places(zh[key]), places(en[key]), key);
  }
});
