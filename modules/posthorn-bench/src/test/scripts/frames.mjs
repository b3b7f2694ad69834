// RFC 6455 as far as a server for tests needs it.
import { createHash } from "node:crypto";

export const TEXT = 1;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

export function frame(opcode, payload, fin = true) {
  const data = Buffer.from(payload, "latin1");
  const start = (fin ? 0x80 : 0) | opcode;
  if (data.length < 126) {
    return Buffer.concat([Buffer.from([start, data.length]), data]);
  }
  if (data.length < 65536) {
    return Buffer.concat([Buffer.from([start, 126, data.length >> 8, data.length & 255]), data]);
  }
  const header = Buffer.alloc(10);
  header[0] = start;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(data.length), 2);
  return Buffer.concat([header, data]);
}

/** Gives the first frame of a client, { opcode, text, length }, or undefined as long as it is not whole. */
export function readFrame(bytes) {
  if (bytes.length < 14) {
    return bytes.length < 6 || bytes.length < 6 + (bytes[1] & 127) ? undefined : unmasked(bytes, 2, bytes[1] & 127);
  }
  const short = bytes[1] & 127;
  const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const header = short === 126 ? 4 : short === 127 ? 10 : 2;
  return bytes.length < header + 4 + size ? undefined : unmasked(bytes, header, size);
}

function unmasked(bytes, header, size) {
  if ((bytes[1] & 128) === 0) {
    throw new Error("a client's frame without a mask");
  }
  const data = Buffer.from(bytes.subarray(header + 4, header + 4 + size));
  for (let i = 0; i < size; i++) {
    data[i] ^= bytes[header + (i % 4)];
  }
  return { opcode: bytes[0] & 15, text: data.toString("latin1"), length: header + 4 + size };
}

export function upgradeAnswer(head) {
  const key = /sec-websocket-key: (\S+)/i.exec(head)[1];
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  return (
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
    `Sec-WebSocket-Accept: ${accept}\r\n\r\n`
  );
}
