import { sizeOf } from "../bytes.js";
import { chunkEnd, chunkStart, linesOf, readChunk } from "./chunk.js";

const CALL = /parent(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)+\((?=")/u;
const STRING = /^"(?:[^"\\]|\\.)*"/s;
const PADDING = /^<!-- {300,}/;

/** What follows the data in a script, about: the cursor, and the end. */
const CLOSING = 40;

/** A chunk of a document that does not end: its source, the call of the page marked. */
export function readDocument(piece) {
  const chunk = readChunk(piece);
  const isCut = chunk.missing > 0;
  const calls = [];
  const lines = linesOf(chunk).map((line) => sourceLine(line, calls));
  const told = calls.reduce((sum, call) => sum + call.size, 0);
  if (isCut) {
    lines.at(-1).more = chunk.missing;
  }
  const isCallCut = calls.some((call) => call.isCut);
  return {
    kind: kindOf(chunk, lines, calls),
    count: calls.length,
    payload: isCallCut ? Math.max(0, told + chunk.missing - CLOSING) : told,
    isExact: !isCallCut,
    framing: chunk.framing,
    text: calls[0]?.text ?? "",
    lines: [chunkStart(chunk), ...lines, ...chunkEnd(chunk)],
  };
}

function sourceLine({ line, end }, calls) {
  const call = CALL.exec(line);
  if (call) {
    return callLine(line, call, end, calls);
  }
  if (PADDING.test(line)) {
    const [, open, spaces, close] = /^(<!--)( +)(.*)$/.exec(line);
    const parts = [{ text: open }, { text: spaces, role: "padding" }, { text: close }].filter(({ text }) => text !== "");
    return { note: "padding", parts, end };
  }
  return { note: noteOf(line), parts: [{ text: line }], end };
}

function callLine(line, call, end, calls) {
  const begin = call.index + call[0].length;
  const literal = STRING.exec(line.slice(begin))?.[0] ?? null;
  const value = literal === null ? line.slice(begin + 1) : literal.slice(1, -1);
  const after = begin + 1 + value.length;
  const close = line.endsWith(");") ? line.length - 1 : line.length;
  calls.push({ text: value, size: literal === null ? sizeOf(value) : sizeOf(JSON.parse(literal)), isCut: literal === null });
  const parts = [
    { text: line.slice(0, call.index) },
    { text: line.slice(call.index, begin + 1), role: "call" },
    { text: value, role: "payload" },
    { text: line.slice(after, close), role: "call" },
    { text: line.slice(close) },
  ];
  return { note: "call", values: { name: call[0].slice(0, -1) }, parts: parts.filter(({ text }) => text !== ""), end };
}

function noteOf(line) {
  if (line.includes("location.replace(")) {
    return "renewal";
  }
  if (line.includes("parent.postMessage(")) {
    return "post";
  }
  return { "<script>": "script", "</script>": "script.end", "<!doctype html>": "doctype", "": "newline" }[line] ?? null;
}

function kindOf(chunk, lines, calls) {
  if (chunk.length === 0) {
    return "end";
  }
  if (calls.length > 0) {
    return "message";
  }
  const notes = lines.map(({ note }) => note);
  const known = { doctype: "beginning", renewal: "renewal" };
  return known[notes.find((note) => note in known)] ?? (notes.every((note) => note === "newline") ? "keep-alive" : "position");
}
