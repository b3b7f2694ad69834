import { h } from "../site/dom.js";
import { write } from "./write.js";

/** A slider that stands on one of a few values, which is written beside it. */
export class Steps {
  #values;
  #words;
  #input;
  #output = h("output", { class: "step-value" });
  #isHeld = false; // while the visitor moves it, what comes from the server does not move it back

  /**
   * @param name ends the key of its text
   * @param words gives the text of a value
   * @param onPick hears a value that the visitor picked
   */
  constructor(name, { values, words, onPick }) {
    this.#values = values;
    this.#words = words;
    const id = `control-${name}`;
    this.#input = h("input", {
      type: "range",
      id,
      min: 0,
      max: values.length - 1,
      step: 1,
      oninput: () => {
        this.#isHeld = true;
        this.#write();
      },
      onchange: () => {
        this.#isHeld = false;
        onPick(this.#values[this.#input.value]);
      },
    });
    this.element = h(
      "div",
      { class: "steps", "data-control": name },
      h("label", { for: id, "data-text": `control.${name}` }),
      this.#output,
      this.#input,
    );
    this.#output.htmlFor.add(id);
  }

  /** Shows the value that holds; the nearest step where it is none of them. */
  show(value) {
    if (!this.#isHeld) {
      const distances = this.#values.map((each) => Math.abs(Math.log(each / value)));
      this.#input.value = distances.indexOf(Math.min(...distances));
    }
    this.#write();
  }

  enable(isEnabled) {
    this.#input.disabled = !isEnabled;
  }

  #write() {
    const words = this.#words(this.#values[this.#input.value]);
    write(this.#output, words);
    if (this.#input.getAttribute("aria-valuetext") !== words) {
      this.#input.setAttribute("aria-valuetext", words);
    }
  }
}
