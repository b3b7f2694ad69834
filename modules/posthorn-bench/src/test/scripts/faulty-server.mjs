// A server that is wrong on purpose: the path says where, and how. It speaks HTTP/1.1 just well enough for the load generator.
import { createServer } from "node:net";
import { CLOSE, PING, PONG, TEXT, frame, readFrame, upgradeAnswer } from "./frames.mjs";
import { faults } from "./faults.mjs";

/** Resolves to { port, close }. */
export function faultyServer() {
  const sockets = new Set();
  const readers = { fanout: new Set(), stream: new Set() };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      for (const group of Object.values(readers)) {
        group.forEach((reader) => reader.socket === socket && group.delete(reader));
      }
    });
    let rest = Buffer.alloc(0);
    let take = requests(socket, readers);
    socket.on("data", (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let taken = take(rest); taken; taken = take(rest)) {
        rest = rest.subarray(taken.length);
        take = taken.next ?? take;
      }
    });
  });
  const close = () => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  };
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ port: server.address().port, close }));
  });
}

// Takes one request from the front of the bytes and says how long it was, and what takes those behind it if that changes.
function requests(socket, readers) {
  return (bytes) => {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) {
      return undefined;
    }
    const head = bytes.toString("latin1", 0, end);
    const length = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const [, kind, name = "none"] = head.split(" ")[1].split("?")[0].split("/");
    const body = bytes.toString("latin1", end + 4, length);
    return bytes.length < length ? undefined : { length, next: answer({ socket, readers, head, kind, name, body }) };
  };
}

function answer({ socket, readers, head, kind, name, body }) {
  if (head.startsWith("POST")) {
    socket.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    readers[kind].forEach((reader) => reader.send(body));
  } else if (kind === "refuse") {
    socket.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
  } else if (kind === "hang-up") {
    socket.end();
  } else if (kind === "accept") {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: no\r\n\r\n");
  } else if (kind === "stream") {
    socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    const fault = faults[name]();
    readers.stream.add({ socket, send: (text) => fault(text).forEach((sent) => writeEvent(socket, sent)) });
  } else {
    socket.write(upgradeAnswer(head));
    return frames(socket, conversations[kind](socket, faults[name]?.(), readers));
  }
  return undefined;
}

// Three bytes a chunk: neither lines nor chunks stay together.
function writeEvent(socket, text) {
  const event = `:a comment\n\nid: 7\r\nevent: message\ndata:${text}\n\n`;
  for (let at = 0; at < event.length; at += 3) {
    const piece = event.slice(at, at + 3);
    socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
  }
}

function frames(socket, onFrame) {
  return (bytes) => {
    const read = readFrame(bytes);
    if (read) {
      onFrame(read);
    }
    return read;
  };
}

/** By the first part of the path: takes a socket and its fault, and gives what takes its frames. */
const conversations = {
  echo: (socket, fault) => (read) => fault(read.text).forEach((text) => socket.write(frame(TEXT, text))),

  fanout: (socket, fault, readers) => {
    readers.fanout.add({ socket, send: (text) => fault(text).forEach((sent) => socket.write(frame(TEXT, sent))) });
    return (read) => readers.fanout.forEach((reader) => reader.send(read.text));
  },

  // Byte by byte.
  pieces: (socket) => (read) => frame(TEXT, read.text).forEach((byte) => socket.write(Buffer.of(byte))),

  // Nothing comes back before the ping of the first message is answered.
  ping: (socket) => {
    const waiting = [];
    let answered = false;
    return (read) => {
      answered ||= read.opcode === PONG && read.text === "are you there";
      if (read.opcode === TEXT) {
        waiting.push(frame(TEXT, read.text));
        socket.write(answered ? "" : frame(PING, "are you there"));
      }
      if (answered) {
        waiting.splice(0).forEach((text) => socket.write(text));
      }
    };
  },

  // The same with Engine.IO's.
  "socket.io": (socket) => {
    const waiting = [];
    let answered = false;
    socket.write(frame(TEXT, '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'));
    return (read) => {
      answered ||= read.text === "3";
      if (read.text === "40") {
        socket.write(frame(TEXT, '40{"sid":"b"}'));
      } else if (read.text.startsWith("42")) {
        waiting.push(frame(TEXT, read.text));
        socket.write(answered ? "" : frame(TEXT, "2"));
      }
      if (answered) {
        waiting.splice(0).forEach((text) => socket.write(text));
      }
    };
  },

  close: (socket) => () => socket.write(frame(CLOSE, "\x03\xf3")),
  cut: (socket) => () => socket.destroy(),
  fragment: (socket) => (read) => socket.write(frame(TEXT, read.text, false)),
};
