import { h } from "../../site/dom.js";
import { clock } from "../../frames/time.js";
import { shown } from "./bytes.js";
import { arrow } from "./heads.js";
import { statusOf } from "./readings/reading.js";

const PREVIEW = 64;

/**
 * The last rows of the wire, newest on top. One can be picked, and then stays; the list keeps still while the pointer is over
 * it or the keyboard walks in it.
 */
export class Rows {
  element = h("div", { class: "rows", role: "listbox", tabindex: "0" });
  #language;
  #onPick;
  #rows = [];
  #waiting = null;
  #shown = null;
  #isUnderPointer = false;

  /** @param onPick hears which row was picked, or null to follow the newest again */
  constructor(language, onPick) {
    this.#language = language;
    this.#onPick = onPick;
    this.element.addEventListener("click", ({ target }) => this.#pick(target.closest("[role=option]")?.dataset.row));
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("pointerenter", ({ pointerType }) => (this.#isUnderPointer = pointerType === "mouse"));
    this.element.addEventListener("pointerleave", () => this.#release());
    this.element.addEventListener("blur", () => this.#release());
  }

  /** @param row the one that is drawn beside the list */
  show(rows, row) {
    this.#shown = row;
    if (this.#isHeld() && rows.includes(this.#rows.at(-1))) {
      this.#waiting = rows;
    } else {
      this.#waiting = null;
      this.#draw(rows);
    }
    this.#mark();
  }

  /** Draws all rows anew, in another language or of another reader. */
  render() {
    this.element.setAttribute("aria-label", this.#language.text("wire.rows"));
    this.element.replaceChildren();
    this.#rows = [];
  }

  #isHeld() {
    return this.#isUnderPointer || this.element.matches(":focus-visible");
  }

  #release() {
    this.#isUnderPointer = false;
    if (this.#waiting && !this.#isHeld()) {
      this.show(this.#waiting, this.#shown);
    }
  }

  // Only what is new is drawn, and what changed: a poll that was answered, a stream that ended.
  #draw(rows) {
    const before = new Map([...this.element.children].map((option) => [option.dataset.row, option]));
    const options = rows.map((row) => {
      const known = before.get(row.id);
      return known?.dataset.kind === row.reading.kind ? known : this.#option(row);
    });
    this.#rows = rows;
    this.element.replaceChildren(...options.reverse());
  }

  #mark() {
    let active = null;
    for (const option of this.element.children) {
      const isShown = option.dataset.row === this.#shown?.id;
      option.setAttribute("aria-selected", String(isShown));
      active = isShown ? option.id : active;
    }
    if (active) {
      this.element.setAttribute("aria-activedescendant", active);
    } else {
      this.element.removeAttribute("aria-activedescendant");
    }
  }

  #pick(id) {
    const row = this.#rows.find((each) => each.id === id);
    if (row) {
      this.#onPick(row);
    }
  }

  #onKey(event) {
    const newestFirst = this.#rows.toReversed();
    const at = newestFirst.indexOf(this.#shown);
    const next = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: newestFirst.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.#pick(newestFirst[next]?.id);
      this.element.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Escape") {
      this.#onPick(null);
    }
  }

  #option(row) {
    const { exchange, piece, reading } = row;
    return h(
      "div",
      { class: "option", role: "option", id: `wire-row-${row.id}`, "data-row": row.id, "data-kind": reading.kind },
      this.#direction(row),
      h("span", { class: "kind" }, piece && !exchange.isPoll ? this.#kind(reading.kind) : exchangeOf(exchange)),
      h("span", { class: "preview" }, h("bdi", {}, this.#preview(row))),
      h("span", { class: "size" }, this.#size(row)),
      h("span", { class: "time" }, piece ? clock(piece.micros).slice(0, 12) : ""),
    );
  }

  #direction({ exchange, piece }) {
    if (exchange.isPoll || piece === null) {
      return h("span", { class: "number" }, `#${exchange.number}`);
    }
    const isUp = piece.from === "client";
    return h("span", {}, arrow(isUp), h("span", { class: "hidden" }, this.#language.text(isUp ? "wire.up" : "wire.down")));
  }

  #kind(kind) {
    return this.#language.text(`wire.kind.${kind}`);
  }

  #preview({ exchange, piece, reading: { kind, text } }) {
    if (text !== "") {
      return shown(text.slice(0, PREVIEW));
    }
    if (kind === "heads") {
      return `${this.#kind(kind)}: ${this.#language.text(`wire.name.${exchange.transport}`)}`;
    }
    return piece === null || exchange.isPoll ? this.#kind(kind) : "";
  }

  #size({ exchange, piece }) {
    const { requestBytes, responseBytes, isPoll } = exchange;
    const sizes = isPoll || piece === null ? [requestBytes, responseBytes, piece?.size ?? 0].filter((size) => size > 0) : [piece.size];
    return `${sizes.map((size) => this.#language.number(size)).join(" + ")} B`;
  }
}

function exchangeOf({ request, response }) {
  return `${shown(request.split(" ")[0])} → ${statusOf(response) ?? "…"}`;
}
