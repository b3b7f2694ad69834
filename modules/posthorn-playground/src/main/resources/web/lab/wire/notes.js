/** Which lines of the heads matter for which transport; the notes themselves stand among the texts. */

const POLLS = ["short-polling", "long-polling"];
const CHUNKED = ["iframe", "event-source"];
const WEBSOCKET = ["websocket"];
const ALL = [...POLLS, ...CHUNKED, ...WEBSOCKET];
const READERS = [...ALL, "traveller"];

const REQUEST = {
  "cache-control": POLLS,
  "sec-fetch-dest": ["iframe"],
  accept: ["event-source"],
  "last-event-id": ["event-source"],
  connection: WEBSOCKET,
  upgrade: WEBSOCKET,
  "sec-websocket-key": WEBSOCKET,
  "sec-websocket-protocol": WEBSOCKET,
};

const RESPONSE = {
  etag: POLLS,
  "content-length": POLLS,
  "cache-control": ALL,
  gap: ALL,
  vary: ALL,
  "preference-applied": ALL,
  "access-control-expose-headers": ALL,
  "content-type": CHUNKED,
  "transfer-encoding": CHUNKED,
  "x-accel-buffering": CHUNKED,
  connection: [...CHUNKED, ...WEBSOCKET],
  upgrade: WEBSOCKET,
  "sec-websocket-accept": WEBSOCKET,
  "sec-websocket-protocol": WEBSOCKET,
};

/** Headers whose note depends on what they say, too. */
const ONLY = { "sec-fetch-dest": /^iframe$/, "cache-control": /no-/ };

/** They have a note, and matter little to the reader of this page. */
const ASIDE = ["response.vary", "response.access-control-expose-headers"];

const PARAMETERS = ["wait", "cursor", "callback", "envelope"];

/** Which transport a request asks for, by what stands in its head. */
export function transportOf(request) {
  const head = request.toLowerCase();
  const startLine = head.slice(0, `${head}\n`.indexOf("\n"));
  if (/^upgrade: *websocket/m.test(head)) {
    return "websocket";
  }
  if (/^accept:.*text\/event-stream/m.test(head)) {
    return "event-source";
  }
  if (/[?&]callback=/.test(startLine) || /^sec-fetch-dest: *i?frame/m.test(head)) {
    return "iframe";
  }
  return /[?&]wait=/.test(startLine) ? "long-polling" : "short-polling";
}

/** The key of a request header's note, or null. */
export function requestNote({ name, value }, transport) {
  return noted(REQUEST, "request", name.toLowerCase(), value, transport);
}

/** The key of a response header's note, or null. */
export function responseNote({ name, value }, transport) {
  return noted(RESPONSE, "response", name.toLowerCase(), value, transport);
}

/** The key of the note on an answer's first line. */
export function startNote(startLine, transport) {
  const [, status] = startLine.split(" ");
  if (status === "200") {
    return POLLS.includes(transport) ? "200.poll" : "200.stream";
  }
  return ["101", "204", "304", "403"].includes(status) ? status : "other";
}

/** Whether a line with this note, or none, can be folded away with others. */
export function isAside(note) {
  return note === null || ASIDE.includes(note);
}

/**
 * A request's first line in parts, of which the parameters that say what is asked for have a note; the one that says for
 * whom, its `name`.
 */
export function parameters(startLine) {
  return startLine.split(/(?<=[?&])|(?=[&\s])/).map((text) => {
    const [, parameter, value] = /^([a-z]+)=(.*)$/s.exec(text) ?? [];
    if (parameter === "reader") {
      return READERS.includes(value) ? { text, note: "parameter.reader", name: value } : { text, note: null };
    }
    return { text, note: PARAMETERS.includes(parameter) ? `parameter.${parameter}` : null };
  });
}

function noted(table, head, name, value, transport) {
  const matters = Object.hasOwn(table, name) && table[name].includes(transport);
  if (!matters || !(ONLY[name] ?? /./).test(value)) {
    return null;
  }
  return [head, name, form(head, name, value, transport)].filter(Boolean).join(".");
}

/** What the same header means here, where that differs. */
function form(head, name, value, transport) {
  if (name === "content-type") {
    return transport;
  }
  if (head === "response" && name === "cache-control") {
    return value.includes("no-store") ? "store" : "ask";
  }
  return head === "response" && name === "connection" && CHUNKED.includes(transport) ? "close" : null;
}
