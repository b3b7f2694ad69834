import { h, rich } from "../../site/dom.js";

/**
 * What each reader does, in a few words. All stand in the same place, one of them seen, so that nothing below moves when
 * another is chosen.
 */
export class Lesson {
  element;
  #language;
  #words;
  #by = h("p", { class: "by" });

  constructor(readers, language) {
    this.#language = language;
    this.#words = new Map(readers.map((name) => [name, h("p")]));
    this.element = h("div", {}, h("div", { class: "lesson" }, ...this.#words.values()), this.#by);
  }

  render() {
    for (const [name, words] of this.#words) {
      words.replaceChildren(...rich(this.#language.text(`wire.how.${name}`)), ...this.#link(name));
    }
  }

  /** @param transport that of the exchange which is shown; the traveller has no transport in its name */
  show(chosen, transport) {
    for (const [name, words] of this.#words) {
      words.classList.toggle("chosen", name === chosen);
    }
    this.#by.hidden = chosen !== "traveller" || transport === undefined;
    if (!this.#by.hidden) {
      const language = this.#language;
      const values = { transport: language.text(`wire.name.${transport}`), how: language.text(`wire.how.${transport}`) };
      this.#by.replaceChildren(...rich(language.text("wire.by", values)));
    }
  }

  #link(name) {
    return name === "websocket" ? [" ", h("a", { href: "/frames/" }, this.#language.text("wire.frames"))] : [];
  }
}
