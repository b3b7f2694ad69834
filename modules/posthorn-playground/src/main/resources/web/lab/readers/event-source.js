import { Backoff } from "../backoff.js";

/** The browser reads the stream, comes back by itself when it breaks, and says where it was. */
export class EventSourceReader {
  #link;
  #backoff = new Backoff();
  #source = null;

  constructor(link) {
    this.#link = link;
  }

  start() {
    const source = new EventSource(this.#link.url());
    this.#source = source;
    source.onopen = () => {
      this.#backoff.succeed();
      this.#link.become("live");
    };
    source.onmessage = ({ lastEventId, data }) => this.#link.deliver({ id: lastEventId, data });
    source.onerror = () => this.#onError();
  }

  stop() {
    this.#backoff.cancel();
    this.#source.close();
  }

  /** WHATWG HTML 9.2.3: after an answer that is no event stream the browser does not come back. */
  #onError() {
    this.#link.become("lost");
    if (this.#source.readyState === EventSource.CLOSED) {
      this.#backoff.retry(() => this.start());
    }
  }
}
