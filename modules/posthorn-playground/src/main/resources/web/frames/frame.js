/** Decodes WebSocket frames (RFC 6455 5.2) from the bytes that stood on the wire. */

export const Opcode = Object.freeze({ CONTINUATION: 0, TEXT: 1, BINARY: 2, CLOSE: 8, PING: 9, PONG: 10 });

const NAMES = new Map([
  [Opcode.CONTINUATION, "continuation"],
  [Opcode.TEXT, "text"],
  [Opcode.BINARY, "binary"],
  [Opcode.CLOSE, "close"],
  [Opcode.PING, "ping"],
  [Opcode.PONG, "pong"],
]);

const RECORD_HEADER = 9;

/** The opcode's name in the RFC, or "reserved". */
export function opcodeName(opcode) {
  return NAMES.get(opcode) ?? "reserved";
}

/**
 * What the inspector tells of one frame: a byte for the direction (0 from the client, 1 from the server), the server's
 * clock in microseconds since 1970 (64 bit), then the frame, of whose payload the end may be missing.
 */
export function decodeRecord(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    fromClient: view.getUint8(0) === 0,
    micros: Number(view.getBigUint64(1)),
    ...decodeFrame(bytes.subarray(RECORD_HEADER)),
  };
}

/** A frame's fields; `masked` payload bytes are as they were sent, `plain` ones as they were meant. */
export function decodeFrame(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, second] = [view.getUint8(0), view.getUint8(1)];
  const length7 = second & 0x7f;
  const extendedSize = { 126: 2, 127: 8 }[length7] ?? 0;
  const isMasked = (second & 0x80) !== 0;
  const keyAt = 2 + extendedSize;
  const headerSize = keyAt + (isMasked ? 4 : 0);
  const key = isMasked ? bytes.slice(keyAt, headerSize) : null;
  const payload = bytes.slice(headerSize);
  const length = payloadLength(view, length7);
  return {
    fin: (first & 0x80) !== 0,
    rsv: [(first & 0x40) !== 0, (first & 0x20) !== 0, (first & 0x10) !== 0],
    opcode: first & 0x0f,
    isMasked,
    length7,
    lengthBits: { 0: 7, 2: 16, 8: 64 }[extendedSize],
    extended: bytes.slice(2, keyAt),
    length,
    key,
    header: bytes.slice(0, headerSize),
    payload,
    plain: key ? unmask(payload, key) : payload,
    size: headerSize + length,
  };
}

function payloadLength(view, length7) {
  if (length7 === 126) {
    return view.getUint16(2);
  }
  return length7 === 127 ? Number(view.getBigUint64(2)) : length7;
}

/** RFC 6455 5.3: byte i of the payload is XORed with byte i mod 4 of the key. */
export function unmask(payload, key) {
  return payload.map((byte, index) => byte ^ key[index % 4]);
}

/** The status code and reason in the payload of a close frame; no code if the payload is empty (RFC 6455 5.5.1). */
export function closeReason(plain) {
  if (plain.length < 2) {
    return { code: null, reason: "" };
  }
  return { code: (plain[0] << 8) | plain[1], reason: new TextDecoder().decode(plain.subarray(2)) };
}

export function hex(bytes, separator = " ") {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(separator);
}

export function bits(value, width) {
  return value.toString(2).padStart(width, "0");
}
