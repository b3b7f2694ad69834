import { h } from "../../site/dom.js";
import { MARKS } from "../marks.js";
import { sample } from "../plots/shapes.js";
import { COLUMNS } from "./columns.js";

/** One reader's row. */
export class Row {
  #reader;
  #language;
  #name = h("span");
  #marks = h("span", { class: "table-mark" });
  #marked = null; // the transport whose mark is shown
  #cells = COLUMNS.map(({ name }) => h("td", { "data-column": name }));
  #element = h("tr", {}, h("th", { scope: "row" }, this.#marks, this.#name), ...this.#cells);

  constructor(reader, language) {
    this.#reader = reader;
    this.#language = language;
    this.#element.dataset.reader = reader.name;
  }

  /** Who it is, in the language of now. The traveller goes by the transport that carries it. */
  name() {
    const { name, transport } = this.#reader;
    const carrier = this.#language.text(`table.${transport}`);
    return name === "traveller" ? this.#language.text("table.traveller", { transport: carrier }) : carrier;
  }

  /** Brings the row up to date; gives its element. */
  write() {
    const { transport } = this.#reader;
    if (this.#marked !== transport) {
      this.#marked = transport;
      this.#marks.replaceChildren(transport in MARKS ? sample(transport) : "");
    }
    show(this.#name, this.name());
    COLUMNS.forEach(({ value, digits }, index) => {
      const number = value(this.#reader);
      show(this.#cells[index], number === null ? "–" : this.#language.number(number, digits));
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
