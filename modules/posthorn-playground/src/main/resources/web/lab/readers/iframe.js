import { h } from "../../site/dom.js";
import { Backoff } from "../backoff.js";

const LOOK_MS = 250;
// Looks in vain, one after the other, after which nothing more is expected: the server shows every two seconds that it is
// there. Looks and not time, since a page that was busy has not looked.
const MOST_IN_VAIN = 12;

let frames = 0;

/**
 * A hidden frame with a document that does not end, in which each message is a script that calls a function of this page.
 *
 * Where its connection breaks no event tells of it: the document just grows no more. So the page looks whether it grows, and
 * where it does not puts another frame in its place, which unlike another address leaves no trace in the history. `load`
 * comes where a document ends in good order, or where the browser shows a page of its own instead.
 */
export class Iframe {
  #link;
  #backoff = new Backoff();
  #frame = null;
  #callback = null;
  #timer = null;
  #seen = []; // by what one sees that the document has grown
  #inVain = 0;

  constructor(link) {
    this.#link = link;
  }

  start() {
    frames++;
    this.#callback = `frame${frames}`; // each has a name of its own: what is left of the last one calls nothing
    window.posthornLab ??= {};
    window.posthornLab[this.#callback] = (data, { id }) => {
      this.#onAlive();
      this.#link.deliver({ id, data });
    };
    const src = this.#link.url({ callback: `posthornLab.${this.#callback}` });
    const unseen = { hidden: true, title: "Posthorn", tabindex: "-1", "aria-hidden": "true" };
    this.#frame = h("iframe", { src, ...unseen, onload: () => this.#onEnded() });
    document.body.append(this.#frame);
    this.#inVain = 0;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  stop() {
    this.#backoff.cancel();
    clearInterval(this.#timer);
    delete window.posthornLab[this.#callback];
    this.#frame.remove();
  }

  #look() {
    const body = this.#frame.contentDocument?.URL.startsWith("http") ? this.#frame.contentDocument.body : null;
    const seen = [body, body?.lastChild, body?.lastChild?.length];
    const grows = seen.some((what, index) => what !== this.#seen[index]);
    this.#seen = seen;
    this.#inVain = grows ? 0 : this.#inVain + 1;
    if (grows && body) {
      this.#onAlive();
    } else if (this.#inVain === MOST_IN_VAIN) {
      this.#onEnded();
    }
  }

  #onAlive() {
    this.#inVain = 0;
    this.#backoff.succeed();
    this.#link.become("live");
  }

  #onEnded() {
    this.stop();
    this.#link.become("lost");
    this.#backoff.retry(() => this.start());
  }
}
