import { EventEmitter, once } from "node:events";
import net from "node:net";

/** A wire to a server that can be cut and mended, as if the server went and came back. It keeps what went over it. */
export class Wire {
  /** What the reader and the server have said, as Latin-1. */
  requests = "";
  answers = "";
  #target;
  #server;
  #port = 0;
  #sockets = new Set();
  #said = new EventEmitter();

  constructor(url) {
    this.#target = new URL(url);
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many there are to the server. */
  get connections() {
    return this.#sockets.size / 2;
  }

  async mend() {
    this.#server = net.createServer((near) => this.#connect(near));
    await new Promise((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = this.#server.address().port;
  }

  async cut() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  /** Waits until requests or answers hold some text. */
  async heard(text) {
    while (!this.requests.includes(text) && !this.answers.includes(text)) {
      await once(this.#said, "more");
    }
  }

  #connect(near) {
    const far = net.connect(Number(this.#target.port || 80), this.#target.hostname);
    near.on("data", (bytes) => {
      this.requests += bytes.toString("latin1");
      this.#said.emit("more");
    });
    far.on("data", (bytes) => {
      this.answers += bytes.toString("latin1");
      this.#said.emit("more");
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      this.#sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
