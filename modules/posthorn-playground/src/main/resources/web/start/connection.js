const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;

/**
 * The page's two WebSockets: `/inspect`, which tells what passes over the other one, and `/echo`, which is looked at.
 *
 * `state` is one of: `{name: "connecting"}`, `{name: "open"}`, `{name: "closed", code, reason}` when one side closed the
 * echo on purpose, `{name: "gone", retryAt}` when the server cannot be reached; then it is tried again, ever less often.
 */
export class Connection {
  #listener;
  #inspector = null;
  #echo = null;
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

  close(code, reason) {
    this.#echo.close(code, reason);
  }

  /** Has the server do what a browser cannot: `fragments <text>`, `ping <text>`, `close <code> <reason>`. */
  ask(command) {
    this.#inspector.send(command);
  }

  #openInspector() {
    const inspector = open("/inspect");
    this.#inspector = inspector;
    inspector.onmessage = ({ data }) => this.#onTold(data);
    inspector.onclose = () => {
      if (this.#inspector === inspector) {
        this.#lose();
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

  #onClosed({ code, reason, wasClean }) {
    if (wasClean) {
      this.#become({ name: "closed", code, reason });
    } else {
      this.#lose();
    }
  }

  #lose() {
    const [inspector, echo] = [this.#inspector, this.#echo];
    this.#inspector = null;
    this.#echo = null;
    this.#token = null;
    inspector?.close();
    echo?.close();
    const delay = Math.min(FIRST_DELAY * 2 ** this.#failures, LONGEST_DELAY);
    this.#failures += 1;
    this.#become({ name: "gone", retryAt: Date.now() + delay });
    this.#timer = setTimeout(() => this.connect(), delay);
  }

  #become(state) {
    this.state = state;
    this.#listener.onState(state);
  }
}

function open(path) {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}${path}`);
  socket.binaryType = "arraybuffer";
  return socket;
}
