import { h } from "../../site/dom.js";
import { MARKS } from "../marks.js";
import { COLUMNS } from "./columns.js";
import { csv, fileName, rowsOf, tabSeparated } from "./csv.js";
import { copy, download } from "./export.js";
import { Order } from "./order.js";
import { Row } from "./row.js";

/** Between two writings of the numbers, in ms. */
const REST = 1000;

const NAME = "reader";

/** The sums of what the readers did, a row each: to be sorted, copied and kept as a file. */
export class SummaryTable {
  #lab;
  #language;
  #order = new Order();
  #rows;
  #headings = new Map([NAME, ...COLUMNS.map(({ name }) => name)].map((name) => [name, this.#heading(name)]));
  #caption = h("caption", { class: "hidden", id: "table-caption" });
  #body = h("tbody");
  #note = h("p", { class: "table-note" });
  #download = h("button", { type: "button", "data-export": "download", onclick: () => this.#onDownload() });
  #copy = h("button", { type: "button", "data-export": "copy", onclick: () => this.#onCopy() });
  #status = h("span", { class: "table-status", role: "status" });
  #timer = null;
  #written = null; // the language of the texts

  constructor(lab, language) {
    this.#lab = lab;
    this.#language = language;
    this.#rows = new Map([...lab.readers.values()].map((reader) => [reader, new Row(reader, language)]));
    this.element = this.#build();
    ["message", "counts", "reader"].forEach((type) => lab.on(type, () => this.#soon()));
    lab.on("reset", () => this.#write());
    this.render();
  }

  /** Writes the texts, where the language is another; the numbers come by themselves. */
  render() {
    const language = this.#language;
    if (this.#written === language.current) {
      return;
    }
    this.#written = language.current;
    this.#caption.textContent = language.text("table.caption");
    this.#note.textContent = language.text("table.note");
    this.#download.textContent = language.text("table.download");
    this.#copy.textContent = language.text("table.copy");
    this.#status.textContent = "";
    this.#headings.forEach(({ text }, name) => (text.textContent = language.text(`table.${name}`)));
    this.#write();
  }

  #build() {
    const head = h("thead", {}, h("tr", {}, ...[...this.#headings.values()].map(({ element }) => element)));
    const table = h("table", {}, this.#caption, head, this.#body);
    const box = h("div", { class: "table-box", role: "region", tabindex: "0", "aria-labelledby": "table-caption" }, table);
    const exports = h("div", { class: "table-exports" }, this.#download, this.#copy, this.#status);
    return h("div", { class: "table" }, this.#note, box, exports);
  }

  #heading(name) {
    const text = h("span");
    const button = h("button", { type: "button", "data-column": name, onclick: () => this.#onPick(name) }, text, h("i", { "aria-hidden": "true" }));
    return { text, element: h("th", { scope: "col" }, button) };
  }

  #onPick(name) {
    this.#order.pick(name, name !== NAME);
    this.#write();
  }

  #soon() {
    this.#timer ??= setTimeout(() => this.#write(), REST);
  }

  #write() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#headings.forEach(({ element }, name) => {
      const order = this.#order.of(name);
      if (order === null) {
        element.removeAttribute("aria-sort");
      } else {
        element.setAttribute("aria-sort", order);
      }
    });
    const readers = this.#sorted();
    const elements = readers.map((reader) => this.#rows.get(reader).write());
    // Rows that stand where they belong are not touched, so that a selection in them stays.
    if (elements.length !== this.#body.children.length || elements.some((element, at) => element !== this.#body.children[at])) {
      this.#body.replaceChildren(...elements);
    }
  }

  /** Those that have done something or may. */
  #used() {
    return [...this.#lab.readers.values()].filter((reader) => reader.name in MARKS || reader.messages > 0 || reader.state !== "off");
  }

  /** The same in the order that was picked. */
  #sorted() {
    return this.#order.sorted(this.#used(), (reader, name) => (name === NAME ? this.#rows.get(reader).name() : columnNamed(name).value(reader)));
  }

  // However the table is sorted, so that files of several days fit together.
  #cells(date) {
    return rowsOf(this.#used(), this.#lab.settings, date);
  }

  #onDownload() {
    const date = new Date();
    download(csv(this.#cells(date)), fileName(date));
  }

  async #onCopy() {
    const isDone = await copy(tabSeparated(this.#cells(new Date())));
    this.#status.textContent = this.#language.text(isDone ? "table.copied" : "table.uncopied");
  }
}

function columnNamed(name) {
  return COLUMNS.find((column) => column.name === name);
}
