import { h } from "../../site/dom.js";
import { MARKS, TRANSPORTS } from "../marks.js";
import { sample } from "./shapes.js";

/** What stands for which transport: buttons that show and hide its lines, and bring them out while they are pointed at. */
export class Legend {
  shown = new Set(TRANSPORTS);
  #pointed = null;
  #language;
  #onChange;
  #names = new Map(TRANSPORTS.map((name) => [name, h("span")]));
  #buttons = new Map(TRANSPORTS.map((name) => [name, this.#button(name)]));
  element = h("div", { class: "plot-legend", role: "group" }, ...this.#buttons.values());

  constructor(language, onChange) {
    this.#language = language;
    this.#onChange = onChange;
  }

  /** The transport whose lines are pointed at, or null. */
  get pointed() {
    return this.shown.has(this.#pointed) ? this.#pointed : null;
  }

  render() {
    this.element.setAttribute("aria-label", this.#language.text("plot.legend"));
    this.#names.forEach((element, name) => (element.textContent = this.#language.text(`plot.${name}`)));
    this.#buttons.forEach((button, name) => button.setAttribute("aria-pressed", String(this.shown.has(name))));
  }

  #button(name) {
    const letter = h("i", { "aria-hidden": "true" }, MARKS[name].letter);
    const events = {
      onclick: () => this.#toggle(name),
      onpointerenter: ({ pointerType }) => pointerType === "mouse" && this.#point(name),
      onpointerleave: () => this.#point(null),
      onfocus: ({ target }) => target.matches(":focus-visible") && this.#point(name),
      onblur: () => this.#point(null),
    };
    return h("button", { type: "button", "data-transport": name, ...events }, sample(name), letter, this.#names.get(name));
  }

  #point(name) {
    this.#pointed = name;
    this.#onChange();
  }

  #toggle(name) {
    if (!this.shown.delete(name)) {
      this.shown.add(name);
    }
    this.render();
    this.#onChange();
  }
}
