import { Backoff } from "../backoff.js";
import { closeSocket, openSocket } from "../sockets.js";

/** A WebSocket whose messages are envelopes; it does not come back by itself. */
export class WebSocketReader {
  #link;
  #backoff = new Backoff();
  #socket = null;

  constructor(link) {
    this.#link = link;
  }

  start() {
    const socket = openSocket(this.#link.url(), "posthorn.feed");
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
    closeSocket(this.#socket);
  }
}
