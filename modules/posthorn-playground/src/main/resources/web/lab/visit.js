import { Backoff } from "./backoff.js";
import { now } from "./now.js";
import { closeSocket, openSocket } from "./sockets.js";

const FIRST_MS = 500;
const LONGEST_MS = 8000;

/** The WebSocket by which the page steers its own clock and is told what the server counts. While it is open the visit lasts. */
export class Visit {
  #listener;
  #socket = null;
  #isFull = false;
  #id = null;
  #backoff = new Backoff(FIRST_MS, LONGEST_MS);

  /** @param listener has `onId(id, from)` with the cursor to begin at, `onTold(object)` for all else, and `onGone({isFull, retryAt})` */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Opens it, and again whenever it is gone, until it is ended. */
  begin() {
    const socket = openSocket(new URL("visit", import.meta.url));
    this.#socket = socket;
    this.#isFull = false;
    socket.onmessage = ({ data }) => this.#onTold(JSON.parse(data));
    socket.onclose = () => this.#onGone();
  }

  end() {
    this.#backoff.cancel();
    closeSocket(this.#socket);
  }

  /** Sends words that the server knows; nothing where there is no visit. */
  send(words) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(words);
    }
  }

  #onTold(told) {
    if (told.full) {
      this.#isFull = true;
    } else if (told.id) {
      this.#backoff.succeed();
      this.#id = told.id;
    } else if (told.from) {
      this.#listener.onId(this.#id, told.from);
    } else {
      this.#listener.onTold(told);
    }
  }

  #onGone() {
    const delay = this.#backoff.retry(() => this.begin());
    this.#listener.onGone({ isFull: this.#isFull, retryAt: now() + delay });
  }
}
