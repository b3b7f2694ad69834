import { h } from "../../site/dom.js";
import { MARKS } from "../marks.js";
import { sample } from "../plots/shapes.js";
import { COLUMNS } from "./columns.js";

/** One reader's row. */
export class Row {
  #reader;
  #language;
  #name = h("span");
  #carrier = h("small");
  #marks = h("span", { class: "table-mark" });
  #marked = null; // the transport whose mark is shown
  #cells = COLUMNS.map(({ name }) => h("td", { "data-column": name }));
  #element = h("tr", {}, h("th", { scope: "row" }, this.#marks, h("span", {}, this.#name, this.#carrier)), ...this.#cells);

  constructor(reader, language) {
    this.#reader = reader;
    this.#language = language;
    this.#element.dataset.reader = reader.name;
  }

  /** Who it is, in the language of now. */
  name() {
    return this.#language.text(`table.${this.#reader.name}`);
  }

  /** Brings the row up to date; gives its element. */
  write() {
    const { name, transport } = this.#reader;
    if (this.#marked !== transport) {
      this.#marked = transport;
      this.#marks.replaceChildren(transport in MARKS ? sample(transport) : "");
    }
    show(this.#name, this.name());
    show(this.#carrier, name === transport ? "" : this.#language.text("table.now", { transport: this.#language.text(`table.${transport}`) }));
    COLUMNS.forEach(({ value, says }, index) => {
      const number = value(this.#reader);
      show(this.#cells[index], number === null ? "–" : says(number, this.#language));
    });
    return this.#element;
  }
}

// What stays is not written again, so that a selection in it stays, too.
function show(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
