import { sha1 } from "./sha1.js";

/** RFC 6455 1.3: the same for every handshake there ever was. */
export const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** The inspector's account of a handshake: the request head, an empty line, the response head. */
export function parseHandshake(text) {
  const [request, response] = text.split("\n\n").map(parseHead);
  return { request, response, steps: acceptSteps(field(request, "sec-websocket-key") ?? "") };
}

/** How `Sec-WebSocket-Accept` comes from `Sec-WebSocket-Key` (RFC 6455 4.2.2), step by step. */
export function acceptSteps(key) {
  const joined = key + GUID;
  const digest = sha1(new TextEncoder().encode(joined));
  return { key, joined, digest, accept: btoa(String.fromCharCode(...digest)) };
}

/** The first value of a header, whose name is given in lower case; null if there is none. */
export function field(head, name) {
  return head.fields.find((each) => each.name.toLowerCase() === name)?.value ?? null;
}

/** A head with its lines ended by LF: the first line, the fields in their order, and its size on the wire. */
export function parseHead(text = "") {
  const [startLine, ...lines] = text.split("\n").filter((line) => line !== "");
  const fields = lines.map((line) => {
    const colon = line.indexOf(":");
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
  });
  // Each line ended with CRLF, and one more ended the head.
  const size = [startLine ?? "", ...lines].reduce((sum, line) => sum + new Blob([line]).size + 2, 2);
  return { startLine: startLine ?? "", fields, size };
}
