// Engine.IO 4 on the wire, without a client's library: HTTP exchanges, a polling session, and WebSocket messages.
import http from "node:http";
import { WebSocket } from "ws";

/** Between two packets of one HTTP body. */
export const SEPARATOR = "\x1e";

// Longer than everything that a server may take its time for, so that a test which waits in vain says for what.
const PATIENCE_MS = 8_000;

/** Rejects when it takes too long. */
export function within(promise, what, ms = PATIENCE_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** For what must be done in 200 ms, the time of a pong: on a machine that is busy it may take a second or third attempt. */
export async function inTime(attempt) {
  for (let left = 2; left > 0; left--) {
    try {
      return await attempt();
    } catch {
      // The last attempt says what is wrong.
    }
  }
  return attempt();
}

/** One HTTP exchange on a connection of its own; resolves to { status, headers, body }. */
export function request(url, { method = "GET", headers = {}, body, signal } = {}) {
  const answer = new Promise((resolve, reject) => {
    const ofBody = { "content-type": "text/plain;charset=UTF-8", "content-length": Buffer.byteLength(body ?? "") };
    const sent = { ...(body === undefined ? {} : ofBody), ...headers };
    const outgoing = http.request(url, { method, headers: sent, signal, agent: false });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.end(body);
  });
  return within(answer, `the answer to ${method} ${url}`);
}

/** The query of a request to `endpoint`; a parameter that is undefined is left out. */
export function address(endpoint, parameters) {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries({ EIO: "4", ...parameters })) {
    if (value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return url.href;
}

/** A session over HTTP. `next()` answers the server's pings, so that a slow test keeps its session. */
export class Polling {
  #packets = [];

  static async open(endpoint) {
    const session = new Polling();
    const { status, body } = await request(address(endpoint, { transport: "polling" }));
    if (status !== 200) {
      throw new Error(`the handshake was answered with ${status} ${body}`);
    }
    const [open, ...packets] = body.split(SEPARATOR);
    session.handshake = JSON.parse(open.slice(1));
    session.sid = session.handshake.sid;
    session.url = address(endpoint, { transport: "polling", sid: session.sid });
    session.#packets.push(...packets);
    return session;
  }

  get(options) {
    return request(this.url, options);
  }

  post(body, headers) {
    return request(this.url, { method: "POST", body, headers });
  }

  async send(...packets) {
    const { status, body } = await this.post(packets.join(SEPARATOR));
    if (status !== 200) {
      throw new Error(`a POST was answered with ${status} ${body}`);
    }
  }

  /** The next packet that is no ping. */
  async next() {
    for (;;) {
      while (this.#packets.length === 0) {
        const { status, body } = await this.get();
        if (status !== 200) {
          throw new Error(`a poll was answered with ${status} ${body}`);
        }
        this.#packets.push(...body.split(SEPARATOR));
      }
      const packet = this.#packets.shift();
      if (packet !== "2") {
        return packet;
      }
      await this.send("3");
    }
  }
}

/** A WebSocket. `next()` gives text as a string and binary as a Buffer, and answers the server's pings unless told not to. */
export class Frames {
  #socket;
  #got = [];
  #wake = () => {};
  #answersPings;

  constructor(url, { answersPings = true, ...options } = {}) {
    this.#answersPings = answersPings;
    this.#socket = new WebSocket(url.replace(/^http/, "ws"), options);
    this.#socket.on("message", (data, isBinary) => this.#take(isBinary ? data : data.toString()));
    this.#socket.on("error", () => {});
    /** What the server answered in place of 101, if it did. */
    this.refused = new Promise((resolve) => {
      this.#socket.on("unexpected-response", (outgoing, response) => {
        resolve(response.statusCode);
        outgoing.destroy();
        this.#socket.terminate();
      });
    });
    this.opened = new Promise((resolve, reject) => {
      this.#socket.on("open", resolve);
      this.#socket.on("error", reject);
      this.refused.then((status) => reject(new Error(`the handshake was answered with ${status}`)));
    });
    this.opened.catch(() => {});
    this.gone = new Promise((resolve) => {
      this.#socket.on("close", (code, reason) => {
        this.isGone = { code, reason: reason.toString() };
        this.#wake();
        resolve(this.isGone);
      });
    });
  }

  static async open(url, options) {
    const frames = new Frames(url, options);
    await within(frames.opened, `the WebSocket ${url}`);
    return frames;
  }

  #take(message) {
    if (message === "2" && this.#answersPings) {
      this.send("3");
      return;
    }
    this.#got.push(message);
    this.#wake();
  }

  send(...messages) {
    messages.forEach((message) => this.#socket.send(message));
  }

  async next() {
    while (this.#got.length === 0) {
      if (this.isGone) {
        throw new Error(`the WebSocket closed with ${this.isGone.code} where a message was awaited`);
      }
      await within(new Promise((resolve) => (this.#wake = resolve)), "a message");
    }
    return this.#got.shift();
  }

  /** Resolves to { code, reason } once the connection is closed. */
  closed() {
    return within(this.gone, "the WebSocket's end");
  }

  close() {
    this.#socket.close();
  }

  drop() {
    this.#socket.terminate();
  }
}
