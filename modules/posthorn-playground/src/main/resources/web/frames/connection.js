const NO_CODE = 1005; // RFC 6455 7.4.1: stands for a close frame without a code
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;
// A server that said goodbye comes back later than a wire that broke, and what it said can be read meanwhile.
const DELAY_AFTER_CLOSE = 4000;

/**
 * The page's two WebSockets: `/inspect`, which tells what passes over the other one, and `/echo`, which is looked at.
 *
 * `state` is one of: `{name: "connecting"}`, `{name: "open"}`, `{name: "closed", closing}` when one side closed the echo on
 * purpose, `{name: "gone", retryAt, closing}` when the server cannot be reached; then it is tried again, ever less often.
 * `closing` is `{by, code, reason}`: `by` is "me" or "server", the code null where there was none; it is null as a whole
 * where the server went without a word.
 */
export class Connection {
  #listener;
  #inspector = null;
  #echo = null;
  #closing = null;
  #token = null;
  #timer = null;
  #failures = 0;
  state = { name: "connecting" };

  /** @param listener has `onState(state)`, `onMessage(data)`, `onHandshake(text)` and `onFrame(bytes)` */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Opens what is not open. */
  connect() {
    clearTimeout(this.#timer);
    if (this.#inspector && this.#token) {
      this.#openEcho();
    } else if (!this.#inspector) {
      this.#become({ name: "connecting" });
      this.#openInspector();
    }
  }

  send(data) {
    this.#echo.send(data);
  }

  /** @param code null closes without a code, and then without a reason */
  close(code, reason) {
    this.#closing = { by: "me", code, reason };
    this.#echo.close(...(code === null ? [] : [code, reason]));
  }

  /** Has the server do what a browser cannot: `fragments <text>`, `ping <text>`, `close <code> <reason>`. */
  ask(command) {
    this.#inspector.send(command);
  }

  #openInspector() {
    const inspector = open("/inspect");
    this.#inspector = inspector;
    inspector.onmessage = ({ data }) => this.#onTold(data);
    inspector.onclose = (event) => {
      if (this.#inspector === inspector) {
        this.#lose(closingOf(event));
      }
    };
  }

  #onTold(data) {
    if (typeof data !== "string") {
      this.#listener.onFrame(new Uint8Array(data));
    } else if (data.startsWith("id ")) {
      this.#token = data.slice(3);
      this.#openEcho();
    } else if (data.startsWith("handshake\n")) {
      this.#listener.onHandshake(data.slice("handshake\n".length));
    }
  }

  #openEcho() {
    if (this.#echo) {
      return;
    }
    this.#become({ name: "connecting" });
    this.#closing = null;
    const echo = open(`/echo?inspect=${encodeURIComponent(this.#token)}`);
    this.#echo = echo;
    echo.onopen = () => {
      this.#failures = 0;
      this.#become({ name: "open" });
    };
    echo.onmessage = ({ data }) => this.#listener.onMessage(data);
    echo.onclose = (event) => {
      if (this.#echo === echo) {
        this.#echo = null;
        this.#onClosed(event);
      }
    };
  }

  #onClosed(event) {
    const closing = closingOf(event);
    if (closing) {
      this.#become({ name: "closed", closing: this.#closing ?? closing });
    } else {
      this.#lose(null);
    }
  }

  #lose(closing) {
    const [inspector, echo] = [this.#inspector, this.#echo];
    this.#inspector = null;
    this.#echo = null;
    this.#token = null;
    inspector?.close();
    echo?.close();
    const delay = closing ? DELAY_AFTER_CLOSE : Math.min(FIRST_DELAY * 2 ** this.#failures, LONGEST_DELAY);
    this.#failures += 1;
    this.#become({ name: "gone", retryAt: Date.now() + delay, closing });
    this.#timer = setTimeout(() => this.connect(), delay);
  }

  #become(state) {
    this.state = state;
    this.#listener.onState(state);
  }
}

// What the server said in its close frame; null if the connection broke without one.
function closingOf({ code, reason, wasClean }) {
  return wasClean ? { by: "server", code: code === NO_CODE ? null : code, reason } : null;
}

function open(path) {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}${path}`);
  socket.binaryType = "arraybuffer";
  return socket;
}
