// The JavaScript clients that a server must serve, the ways in which each can connect, and waiting for what they tell.
import { io as newest } from "socket.io-client";
import first3 from "socket.io-client-3.0";
import { io as last3 } from "socket.io-client-3.1";
import { within } from "./wire.mjs";

const CLIENTS = { "client 4": newest, "client 3.1": last3, "client 3.0": first3 };

const WAYS = {
  polling: ["polling"],
  WebSocket: ["websocket"],
  upgrade: ["polling", "websocket"],
};

/** Each client over each way: { name, way, io }. */
export const CASES = Object.entries(CLIENTS).flatMap(([client, io]) =>
  Object.keys(WAYS).map((way) => ({ name: `${client}, ${way}`, way, io })),
);

/** Resolves to the arguments of the next such event. */
export function happens(emitter, event) {
  return within(new Promise((resolve) => emitter.once(event, (...args) => resolve(args))), `the event ${event}`);
}

/** Emits an event with an ack; resolves to what it was acked with. */
export function ask(socket, ...args) {
  return within(new Promise((resolve) => socket.emit(...args, resolve)), `the ack of ${args[0]}`);
}

/** A socket that has not connected yet, on an engine of its own. */
export function begin(t, { io, way }, url, options = {}) {
  const socket = io(url, { transports: WAYS[way], forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 50, ...options });
  t.after(() => socket.io._close?.() ?? socket.disconnect());
  return socket;
}

/** A socket that is connected, and has changed to WebSocket if that is its way. */
export async function connect(t, kind, url, options) {
  const socket = begin(t, kind, url, options);
  const connected = new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  await within(connected, "the connection");
  if (kind.way === "upgrade") {
    await upgraded(socket);
  }
  return socket;
}

/** Resolves once a socket that is connected has changed to WebSocket. */
export async function upgraded(socket) {
  const { engine } = socket.io;
  if (engine.transport.name !== "websocket") {
    await happens(engine, "upgrade");
  }
}
