const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;

/**
 * The server's clock, read from the feed `/clock`: over one WebSocket while the page can be seen, over none while it is
 * hidden. When the server goes, it is tried again, ever less often.
 *
 * `state` is "connecting", "open", "gone" or "hidden".
 */
export class Clock {
  #listener;
  #socket = null;
  #timer = null;
  #failures = 0;
  state = "connecting";

  /** @param listener has `onState()` and `onTime(text)` */
  constructor(listener) {
    this.#listener = listener;
  }

  begin() {
    document.addEventListener("visibilitychange", () => this.#follow());
    window.addEventListener("online", () => this.#follow());
    this.#follow();
  }

  #follow() {
    clearTimeout(this.#timer);
    if (document.hidden) {
      this.#close();
      this.#become("hidden");
    } else if (!this.#socket) {
      this.#become(this.#failures ? "gone" : "connecting");
      this.#open();
    }
  }

  #open() {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/clock`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#failures = 0;
      this.#become("open");
    };
    socket.onmessage = ({ data }) => this.#listener.onTime(data);
    socket.onclose = () => this.#retry();
  }

  #close() {
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket.close();
      this.#socket = null;
    }
  }

  #retry() {
    this.#close();
    this.#become("gone");
    const delay = Math.min(FIRST_DELAY * 2 ** this.#failures, LONGEST_DELAY);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#follow(), delay);
  }

  #become(state) {
    if (this.state !== state) {
      this.state = state;
      this.#listener.onState();
    }
  }
}
