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
  #texts = [];
  element = h("div", { class: "plot-readout", "aria-hidden": "true" }, this.#when, h("ul", {}, ...this.#rows.values()));

  constructor(language) {
    this.#language = language;
  }

  renderTexts() {
    this.#names.forEach((element, name) => (element.textContent = this.#language.text(`plot.${name}`)));
    this.#shownAt = -CALM;
  }

  /** @param says turns a value into words */
  show({ now, age, lines, says }) {
    const moment = performance.now();
    if (age === null && moment - this.#shownAt < CALM) {
      return;
    }
    this.#shownAt = age === null ? moment : -CALM;
    const language = this.#language;
    this.#when.textContent =
      age === null ? language.text("plot.latest") : language.text("plot.at", { seconds: language.number(age / 1000, { maximumFractionDigits: 0 }) });
    this.#texts = [];
    for (const [name, row] of this.#rows) {
      const line = lines.get(name);
      row.hidden = !line;
      if (line) {
        const column = age === null ? line.last(now - SPAN) : nearest(line.columns, now - age);
        this.#values.get(name).textContent = column ? says(column.middle) : "–";
        this.#texts.push(language.text("plot.item", { name: language.text(`plot.${name}`), value: column ? says(column.middle) : language.text("plot.none") }));
      }
    }
  }

  items() {
    return this.#texts;
  }

  sentence() {
    return [this.#when.textContent, ...this.#texts].join("; ");
  }
}
