import { sizeOf } from "../bytes.js";

const DATA = '"data":';
const STRING_DATA = /"data":"((?:[^"\\]|\\.)*)/g;

/**
 * Envelopes as JSON, one or an array of them, maybe without their end: how many messages they hold, how many bytes of
 * payload (null where the end is missing), the text of the first, and `parts`, the whole with its payloads marked. Of what
 * was cut, `first` is how many bytes the first message has, if that was told.
 */
export function readEnvelopes(text) {
  const envelopes = parsed(text);
  if (envelopes === null) {
    return cutEnvelope(text);
  }
  const all = envelopes.filter((each) => each !== null && typeof each === "object" && "data" in each);
  const values = all.map(({ data }) => valueOf(data));
  const size = values.reduce((sum, value) => sum + sizeOf(value), 0);
  return { count: values.length, size, text: values[0] ?? "", parts: marked(text, values) };
}

// All but the last payload are whole; the last one may be.
function cutEnvelope(text) {
  const parts = [];
  const values = [];
  let end = 0;
  for (const match of text.matchAll(STRING_DATA)) {
    const [, value] = match;
    const at = match.index + DATA.length + 1;
    parts.push({ text: text.slice(end, at) }, { text: value, role: "payload" });
    values.push(value);
    end = at + value.length;
  }
  const rest = end < text.length || values.length === 0 ? [{ text: text.slice(end) }] : [];
  return { count: values.length, size: null, text: values[0] ?? "", parts: [...parts, ...rest], first: firstSize(text, values) };
}

/** How many bytes the first payload has, if its end was told; else null. */
function firstSize(text, [first]) {
  return first !== undefined && text.includes(`${first}"}`) ? sizeOf(first) : null;
}

// Each payload stands after the one before; what JSON escapes in it is found as the server escaped it, or not marked.
function marked(text, values) {
  const parts = [];
  let end = 0;
  for (const value of values) {
    const at = text.indexOf(value, text.indexOf(DATA, end));
    if (value !== "" && at >= end) {
      parts.push({ text: text.slice(end, at) }, { text: value, role: "payload" });
      end = at + value.length;
    }
  }
  return [...parts, { text: text.slice(end) }].filter((part) => part.text !== "");
}

function parsed(text) {
  try {
    return [JSON.parse(text)].flat();
  } catch {
    return null; // not JSON, or not all of it
  }
}

/** As it stands between its quotes. */
function valueOf(data) {
  const json = JSON.stringify(data);
  return typeof data === "string" ? json.slice(1, -1) : json;
}
