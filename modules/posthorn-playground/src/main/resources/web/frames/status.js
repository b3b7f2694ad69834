import { h } from "../site/dom.js";
import { closingSentence } from "./closing.js";

/** Says how the connection is, and how long until the next attempt while the server is away. */
export class Status {
  #element;
  #language;
  #state = { name: "connecting" };
  #timer = null;

  constructor(element, language) {
    this.#element = element;
    this.#language = language;
  }

  show(state) {
    this.#state = state;
    this.render();
  }

  render() {
    clearInterval(this.#timer);
    const state = this.#state;
    const language = this.#language;
    const address = `${location.origin.replace(/^http/, "ws")}/echo`;
    const told = state.closing ? closingSentence(state.closing) : [`status.${state.name}`, { address }];
    const sentence = h("span", {}, language.nodes(...told));
    // A countdown that is read aloud each second helps nobody.
    const countdown = h("span", { class: "countdown", "aria-hidden": "true" });
    this.#element.dataset.state = state.name;
    this.#element.replaceChildren(h("i", { class: "dot", "aria-hidden": "true" }), sentence, countdown);
    if (state.name === "gone") {
      const tick = () => {
        const seconds = Math.max(0, Math.ceil((state.retryAt - Date.now()) / 1000));
        countdown.textContent = language.text("status.retry", { seconds });
      };
      tick();
      this.#timer = setInterval(tick, 500);
    }
  }
}
