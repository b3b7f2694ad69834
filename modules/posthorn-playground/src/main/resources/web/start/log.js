import { h } from "../site/dom.js";
import { span } from "./time.js";

const KEPT = 100;
const SHOWN = 160;

/** The conversation as a person follows it: what was said, by whom, and what happened to the connection. */
export class Log {
  #element;
  #list;
  #language;
  #entries = [];

  /** @param element the part of the page that scrolls, with the list in it */
  constructor(element, language) {
    this.#element = element;
    this.#list = element.querySelector("ol");
    this.#language = language;
  }

  /** @param data a string, or the bytes of a binary message as a string of hex */
  said(who, data, { bytes, micros = null } = {}) {
    this.#add({ who, data, bytes, micros });
  }

  /** @param note a key of the page's texts, with the values for its places */
  note(note, values = {}) {
    this.#add({ who: "note", note, values });
  }

  render() {
    this.#list.replaceChildren(...this.#entries.map((entry) => this.#item(entry)));
    this.#toEnd();
  }

  #add(entry) {
    const { scrollHeight, scrollTop, clientHeight } = this.#element;
    this.#entries.push(entry);
    this.#list.append(this.#item(entry));
    if (this.#entries.length > KEPT) {
      this.#entries.shift();
      this.#list.firstElementChild.remove();
    }
    // Someone who scrolled up to read is left there.
    if (scrollHeight - scrollTop - clientHeight < 40) {
      this.#toEnd();
    }
  }

  #toEnd() {
    this.#element.scrollTop = this.#element.scrollHeight;
  }

  #item({ who, data, bytes, micros, note, values }) {
    const language = this.#language;
    if (who === "note") {
      return h("li", { class: "note" }, language.text(note, values));
    }
    const clipped = data.length > SHOWN ? `${data.slice(0, SHOWN)}…` : data;
    const size = language.text("bytes", { count: language.number(bytes) });
    const details = micros === null ? size : language.text("log.roundtrip", { size, span: span(micros, language) });
    return h(
      "li",
      { class: who },
      h("span", { class: "who" }, language.text(`log.${who}`)),
      h("span", { class: "words" }, clipped),
      h("span", { class: "details" }, details),
    );
  }
}
