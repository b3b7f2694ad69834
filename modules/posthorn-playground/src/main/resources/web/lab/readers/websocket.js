import { Backoff } from "../backoff.js";

/** A WebSocket whose messages are envelopes; it does not come back by itself. */
export class WebSocketReader {
  #link;
  #backoff = new Backoff();
  #socket = null;

  constructor(link) {
    this.#link = link;
  }

  start() {
    const url = this.#link.url();
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url, "posthorn.feed");
    this.#socket = socket;
    socket.onopen = () => {
      this.#backoff.succeed();
      this.#link.become("live");
    };
    socket.onmessage = ({ data }) => this.#link.deliver(JSON.parse(data));
    socket.onclose = () => {
      this.#link.become("lost");
      this.#backoff.retry(() => this.start());
    };
  }

  stop() {
    this.#backoff.cancel();
    this.#socket.onclose = null;
    this.#socket.close();
  }
}
