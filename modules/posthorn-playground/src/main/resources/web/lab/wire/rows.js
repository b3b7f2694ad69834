import { h } from "../../site/dom.js";
import { drawCells, drawHole } from "./row.js";

/**
 * The last rows of the wire, newest on top. One can be picked, and then stays; the list keeps still while the pointer is over
 * it or the keyboard walks in it, and what is shown of it, too.
 */
export class Rows {
  element = h("div", { class: "rows", role: "listbox", tabindex: "0" });
  /** How many rows wait while the list keeps still. */
  waiting = 0;
  #language;
  #onPick;
  #onRelease;
  #rows = [];
  #shown = null;
  #isUnderPointer = false;
  #isWalked = false;

  /**
   * @param onPick hears which row was picked, or null to follow the newest again
   * @param onRelease hears that the list need not keep still any longer
   */
  constructor(language, onPick, onRelease) {
    this.#language = language;
    this.#onPick = onPick;
    this.#onRelease = onRelease;
    this.element.addEventListener("click", ({ target }) => this.#pick(target.closest("[role=option]")?.dataset.row));
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("pointerenter", ({ pointerType }) => (this.#isUnderPointer = pointerType === "mouse"));
    this.element.addEventListener("pointerleave", () => this.#release());
    this.element.addEventListener("focus", () => (this.#isWalked = true));
    this.element.addEventListener("blur", () => this.#release());
  }

  /**
   * Draws the rows, unless the list keeps still.
   *
   * @param picked the row that was picked, or null
   * @return the row to be drawn beside the list, or null where there is none
   */
  show({ rows, newest }, picked) {
    const isStill = this.#isHeld() && rows.includes(this.#rows.at(-1));
    this.#shown = picked ?? (isStill ? this.#shown : newest);
    if (isStill) {
      this.waiting = rows.length - 1 - rows.indexOf(this.#rows.at(-1));
    } else {
      this.waiting = 0;
      this.#draw(rows);
    }
    this.#mark();
    return this.#shown;
  }

  /** Draws all rows anew, in another language or of another reader. */
  render() {
    this.element.setAttribute("aria-label", this.#language.text("wire.rows"));
    this.element.replaceChildren();
    this.#rows = [];
  }

  #isHeld() {
    return this.#isUnderPointer || (this.#isWalked && this.element.matches(":focus-visible"));
  }

  #release() {
    this.#isUnderPointer = false;
    if (!this.#isHeld()) {
      this.#onRelease();
    }
  }

  // Only what is new is drawn, and what changed: a poll that was answered.
  #draw(rows) {
    const before = new Map([...this.element.children].map((option) => [option.dataset.row, option]));
    const drawn = rows.map((row) => {
      const known = before.get(row.id);
      return known?.dataset.kind === row.reading.kind ? known : this.#option(row);
    });
    const withHoles = rows.flatMap((row, index) => [row.skipped ? drawHole(row.skipped, this.#language) : [], drawn[index]].flat());
    this.#rows = [...rows];
    this.element.replaceChildren(...withHoles.reverse());
  }

  #mark() {
    let active = null;
    for (const option of this.element.children) {
      const isShown = this.#shown !== null && option.dataset.row === this.#shown.id;
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
    this.#isWalked = event.key !== "Escape";
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
    const { id, reading } = row;
    const attributes = { class: "option", role: "option", id: `wire-row-${id}`, "data-row": id, "data-kind": reading.kind };
    return h("div", attributes, ...drawCells(row, this.#language));
  }
}
