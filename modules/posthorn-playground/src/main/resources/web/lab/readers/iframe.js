import { h } from "../../site/dom.js";
import { Backoff } from "../backoff.js";

const LOOK_MS = 200;

let frames = 0;

/**
 * A hidden frame with a document that does not end, in which each message is a script that calls a function of this page. A
 * document that ends was cut off; another frame takes its place, which unlike another address leaves no trace in the history.
 */
export class Iframe {
  #link;
  #backoff = new Backoff();
  #frame = null;
  #callback = null;
  #timer = null;

  constructor(link) {
    this.#link = link;
  }

  start() {
    frames++;
    this.#callback = `frame${frames}`; // each has a name of its own: what is left of the last one calls nothing
    window.posthornLab ??= {};
    window.posthornLab[this.#callback] = (data, { id }) => {
      this.#onOpen();
      this.#link.deliver({ id, data });
    };
    const src = this.#link.url({ callback: `posthornLab.${this.#callback}` });
    const unseen = { hidden: true, title: "Posthorn", tabindex: "-1", "aria-hidden": "true" };
    this.#frame = h("iframe", { src, ...unseen, onload: () => this.#onEnded() });
    document.body.append(this.#frame);
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  stop() {
    this.#backoff.cancel();
    clearInterval(this.#timer);
    delete window.posthornLab[this.#callback];
    this.#frame.remove();
  }

  /** No event tells that the document has begun. The browser's own page for errors cannot be looked into. */
  #look() {
    if (this.#frame.contentDocument?.URL.startsWith("http")) {
      this.#onOpen();
    }
  }

  #onOpen() {
    clearInterval(this.#timer);
    this.#backoff.succeed();
    this.#link.become("live");
  }

  #onEnded() {
    this.stop();
    this.#link.become("lost");
    this.#backoff.retry(() => this.start());
  }
}
