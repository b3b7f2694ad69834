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

  /**
   * @param data a string, or the bytes of a binary message as a string of hex
   * @param size the message's `bytes`, how many of them the server put before the echo (`prefix`), and the round trip
   */
  said(who, data, { bytes, prefix = 0, micros = null }) {
    this.#add({ who, data, bytes, prefix, micros });
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

  #item({ who, data, note, values, ...size }) {
    const language = this.#language;
    if (who === "note") {
      return h("li", { class: "note" }, language.nodes(note, values));
    }
    return h(
      "li",
      { class: who },
      h("span", { class: "who" }, language.text(`log.${who}`)),
      data.length > SHOWN ? this.#long(data) : h("bdi", { class: "words" }, data),
      h("span", { class: "details" }, this.#details(size)),
    );
  }

  #details({ bytes, prefix, micros }) {
    const language = this.#language;
    const count = language.text("bytes", { count: language.number(bytes) });
    const size = prefix === 0 ? count : language.text("log.answer", { size: count, prefix });
    return micros === null ? size : language.text("log.roundtrip", { size, span: span(micros, language) });
  }

  // The whole of a long text comes when someone asks for it.
  #long(data) {
    const whole = h("bdi", { class: "whole" });
    const beginning = h("bdi", { class: "beginning" }, `${data.slice(0, SHOWN)}…`);
    const all = this.#language.text("log.whole", { count: this.#language.number(data.length) });
    const details = h("details", { class: "words" }, h("summary", {}, beginning, h("span", { class: "all" }, all)), whole);
    details.addEventListener("toggle", () => whole.replaceChildren(details.open ? data : ""));
    return details;
  }
}
