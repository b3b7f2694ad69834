import { h } from "../site/dom.js";
import { MARKS } from "./marks.js";
import { write } from "./write.js";

const CELLS = 60;

/**
 * The last messages, each in a cell with the letter of the transport that brought it. A message keeps its cell; the newest
 * ones write over the oldest, so that nothing moves. A message that was missed leaves its cell empty and marked.
 */
export class Strip {
  #cells = Array.from({ length: CELLS }, () => h("li"));
  #told = Array(CELLS).fill(null); // {number, transport} or {number, isMissed}
  #newest = null;
  element = h("ol", { class: "strip", "aria-hidden": "true" }, this.#cells);

  /** @returns how many of the messages in view each transport brought */
  get shares() {
    const shares = {};
    for (const told of this.#told.filter((each) => each?.transport)) {
      shares[told.transport] = (shares[told.transport] ?? 0) + 1;
    }
    return shares;
  }

  take({ number, transport }) {
    const first = this.#newest === null ? number : Math.max(this.#newest + 1, number - CELLS + 1);
    for (let missed = first; missed < number; missed++) {
      this.#told[missed % CELLS] = { number: missed, isMissed: true };
    }
    this.#told[number % CELLS] = { number, transport };
    this.#newest = number;
  }

  clear() {
    this.#told.fill(null);
    this.#newest = null;
  }

  render() {
    this.#cells.forEach((cell, index) => this.#write(cell, this.#told[index]));
  }

  #write(cell, told) {
    const { transport, isMissed, number } = told ?? {};
    write(cell, transport ? MARKS[transport].letter : isMissed ? "!" : "");
    set(cell, "transport", transport);
    set(cell, "missed", isMissed && "");
    // The newest, and the one that is written over next.
    set(cell, "place", number === undefined || number !== this.#newest ? undefined : "newest");
  }
}

function set(element, name, value) {
  if (value === undefined) {
    delete element.dataset[name];
  } else if (element.dataset[name] !== value) {
    element.dataset[name] = value;
  }
}
