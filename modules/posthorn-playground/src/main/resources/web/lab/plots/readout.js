import { h } from "../../site/dom.js";
import { TRANSPORTS } from "../marks.js";
import { nearest } from "./columns.js";
import { SPAN } from "./picture.js";
import { sample } from "./shapes.js";

/** How often the latest values change at most, in ms: faster, no one reads them. */
const CALM = 500;

/** The values of a picture at one time, in words: the latest, or those at which the reader points. */
export class Readout {
  #language;
  #when = h("p", { class: "plot-when" });
  #values = new Map(TRANSPORTS.map((name) => [name, h("b")]));
  #names = new Map(TRANSPORTS.map((name) => [name, h("span")]));
  #rows = new Map(TRANSPORTS.map((name) => [name, h("li", {}, sample(name), this.#names.get(name), this.#values.get(name))]));
  #shownAt = -CALM;
  element = h("div", { class: "plot-readout", "aria-hidden": "true" }, this.#when, h("ul", {}, ...this.#rows.values()));

  constructor(language) {
    this.#language = language;
  }

  renderTexts() {
    this.#names.forEach((element, name) => (element.textContent = this.#language.text(`plot.${name}`)));
    this.#shownAt = -CALM;
  }

  /**
   * @param age how many ms ago the values are from, or null for the latest
   * @param says turns a value into words
   */
  show({ now, age, lines, says }) {
    this.#rows.forEach((row, name) => (row.hidden = !lines.has(name)));
    const moment = performance.now();
    if (age === null && moment - this.#shownAt < CALM) {
      return;
    }
    this.#shownAt = age === null ? moment : -CALM;
    this.#when.textContent = this.#whenOf(age);
    valuesOf({ now, age, lines, says }).forEach((value, name) => (this.#values.get(name).textContent = value ?? "–"));
  }

  /** The same as a list of sentences. */
  items(shown) {
    const language = this.#language;
    const words = ([name, value]) => language.text("plot.item", { name: language.text(`plot.${name}`), value: value ?? language.text("plot.none") });
    return [...valuesOf(shown)].map(words);
  }

  /** The same as one sentence. */
  sentence(shown) {
    return [this.#whenOf(shown.age), ...this.items(shown)].join(this.#language.text("plot.between"));
  }

  #whenOf(age) {
    return age === null ? this.#language.text("plot.latest") : this.#language.text("plot.ago", { seconds: Math.round(age / 1000) });
  }
}

/** The value of each line in words, or null where it has none. */
function valuesOf({ now, age, lines, says }) {
  const entries = [...lines].map(([name, line]) => {
    const column = age === null ? line.last(now - SPAN) : nearest(line.columns, now - age);
    return [name, column && says(column.middle)];
  });
  return new Map(entries);
}
