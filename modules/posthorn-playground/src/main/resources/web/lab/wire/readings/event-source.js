import { sizeOf } from "../bytes.js";
import { chunkEnd, chunkStart, linesOf, readChunk } from "./chunk.js";

const FIELD = /^(id|data|event|retry)(: ?)/;

/** What follows a message's last line: its LF, and an empty line. */
const CLOSING = 2;

/** A chunk of an event stream (WHATWG HTML 9.2.5), its lines named. */
export function readEventStream(piece) {
  const chunk = readChunk(piece);
  const isCut = chunk.missing > 0;
  const lines = linesOf(chunk).map(named);
  const values = messagesOf(lines);
  const told = values.reduce((sum, value) => sum + sizeOf(value), 0);
  if (isCut) {
    lines.at(-1).more = chunk.missing;
  }
  return {
    kind: kindOf(chunk, lines, values),
    count: values.length,
    payload: isCut ? Math.max(0, told + chunk.missing - CLOSING) : told,
    isExact: !isCut,
    framing: chunk.framing,
    text: values[0] ?? "",
    lines: [chunkStart(chunk), ...lines, ...chunkEnd(chunk)],
  };
}

function named({ line, end }) {
  if (line === "" && end) {
    return { note: "blank", parts: [], end };
  }
  if (line.startsWith(":")) {
    return { note: "comment", parts: [{ text: line }], end };
  }
  const field = FIELD.exec(line);
  if (field === null) {
    return { note: null, parts: [{ text: line }], end };
  }
  const [whole, name] = field;
  const role = name === "data" ? "payload" : "value";
  return { note: name, parts: [{ text: whole }, { text: line.slice(whole.length), role }], end };
}

/** The data of each event that a page hears as a message; the server names the one that tells of a gap. */
function messagesOf(lines) {
  const messages = [];
  let data = [];
  let isGap = false;
  for (const { note, parts } of [...lines, { note: "blank", parts: [] }]) {
    if (note === "data") {
      data.push(parts[1].text);
    } else if (note === "event") {
      isGap = parts[1].text === "gap";
    } else if (note === "blank") {
      messages.push(...(data.length > 0 && !isGap ? [data.join("\n")] : []));
      data = [];
      isGap = false;
    }
  }
  return messages;
}

function kindOf(chunk, lines, messages) {
  if (chunk.length === 0) {
    return "end";
  }
  if (messages.length > 0) {
    return "message";
  }
  const notes = lines.map(({ note }) => note);
  if (notes.includes("retry")) {
    return "beginning";
  }
  return notes.includes("comment") ? "keep-alive" : notes.includes("data") ? "gap" : "position";
}
