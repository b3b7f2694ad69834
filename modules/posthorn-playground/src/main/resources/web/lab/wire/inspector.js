import { h, rich } from "../../site/dom.js";
import { MARKS, TRANSPORTS } from "../marks.js";
import { Heads } from "./heads.js";
import { Lesson } from "./lesson.js";
import { Overhead } from "./overhead.js";
import { PieceView } from "./piece-view.js";
import { WireRecord } from "./record.js";
import { Rows } from "./rows.js";
import { Sizes } from "./sizes.js";
import { tabId, Tabs } from "./tabs.js";

const PANEL = "wire-panel";
const READERS = [...TRANSPORTS, "traveller"];

/** How long the inspector may be out of sight before the server need not tell it anything. */
const UNSEEN_MS = 3000;

/** The wire inspector: what stands on the wire of the chosen reader, head by head and piece by piece. */
export class Inspector {
  element;
  #lab;
  #language;
  #records = new Map(READERS.map((name) => [name, new WireRecord()]));
  #sizes = new Sizes();
  #chosen = "long-polling";
  #asked = "none";
  #picked = new Map();
  #drawn = null;
  #isFrozen = false;
  #isSeen = false;
  #isDue = false;
  #tabs = new Tabs(READERS, PANEL, (name) => this.#choose(name));
  #lesson;
  #heads;
  #rows;
  #piece;
  #overhead;
  #parts;

  constructor(lab, language) {
    this.#lab = lab;
    this.#language = language;
    this.#lesson = new Lesson(READERS, language);
    this.#heads = new Heads(language);
    this.#rows = new Rows(language, (row) => this.#pick(row), () => this.#show());
    this.#piece = new PieceView(language);
    this.#overhead = new Overhead(language);
    this.#parts = this.#buildParts();
    this.element = this.#build();
    lab.on("wire", (told) => this.#take(told));
    lab.on("message", ({ number, size }) => this.#sizes.add(number, size));
    lab.on("change", () => this.#onChange());
    this.#watch();
  }

  /** Says everything in the language that is chosen now. */
  render() {
    const language = this.#language;
    const { hint, keys, follow } = this.#parts;
    hint.textContent = language.text("wire.rows.hint");
    keys.textContent = language.text("wire.rows.keys");
    follow.textContent = language.text("wire.follow");
    this.#lesson.render();
    this.#rows.render();
    this.#drawn = null;
    this.#show();
  }

  #buildParts() {
    return {
      freeze: h("button", { type: "button", class: "freeze", onclick: () => this.#freeze(!this.#isFrozen) }),
      frozen: h("span", { class: "hint", role: "status" }),
      before: h("p", { class: "before" }),
      listTitle: h("h3", { id: "wire-rows-title" }),
      hint: h("span"),
      keys: h("span", { class: "keys" }),
      waiting: h("span", { class: "hint waiting" }),
      follow: h("button", { type: "button", class: "quiet follow", onclick: () => this.#follow() }),
      once: h("h3"),
    };
  }

  #build() {
    const { freeze, frozen, before, listTitle, hint, keys, waiting, follow, once } = this.#parts;
    this.#parts.content = h(
      "div",
      { class: "both" },
      h(
        "div",
        { class: "told" },
        h("div", { class: "heading" }, listTitle, waiting, follow),
        h("p", { class: "hint" }, hint, keys),
        this.#rows.element,
        this.#piece.element,
        this.#overhead.element,
      ),
      h("div", { class: "said" }, once, this.#heads.element),
    );
    this.#parts.panel = h("div", { id: PANEL, class: "sheet", role: "tabpanel", tabindex: "0" });
    this.#parts.panel.append(this.#lesson.element, before, this.#parts.content);
    return h(
      "div",
      { class: "wire" },
      h("div", { class: "tab-line" }, this.#tabs.element, h("div", { class: "freezer" }, frozen, freeze)),
      this.#parts.panel,
    );
  }

  #watch() {
    let timer;
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      const isSeen = entries.at(-1).isIntersecting;
      timer = setTimeout(() => this.#see(isSeen), isSeen ? 0 : UNSEEN_MS);
    });
    observer.observe(this.element);
  }

  #see(isSeen) {
    this.#isSeen = isSeen;
    this.#ask();
  }

  // A new visit does not know what the one before was asked for.
  #onChange() {
    if (this.#lab.state.name !== "running") {
      this.#asked = "none";
    }
    this.#ask();
  }

  #ask() {
    const wanted = this.#isSeen && !this.#isFrozen ? this.#chosen : "none";
    if (this.#lab.state.name === "running" && wanted !== this.#asked) {
      this.#records.get(this.#asked)?.leave(this.#isFrozen ? "frozen" : this.#isSeen ? "elsewhere" : "unseen");
      this.#asked = wanted;
      this.#lab.inspect(wanted);
    }
  }

  #take(told) {
    if (this.#isFrozen || !this.#records.has(told.reader)) {
      return;
    }
    const record = this.#records.get(told.reader);
    record.add(told);
    if (told.reader === this.#asked) {
      record.stay();
    }
    if (told.reader === this.#chosen && !this.#isDue) {
      this.#isDue = true;
      requestAnimationFrame(() => this.#onDue());
    }
  }

  #onDue() {
    this.#isDue = false;
    if (!this.#isFrozen) {
      this.#show();
    }
  }

  #choose(name) {
    this.#chosen = name;
    this.#drawn = null;
    this.#rows.render();
    this.#ask();
    this.#show();
  }

  #freeze(isFrozen) {
    this.#isFrozen = isFrozen;
    this.#ask();
    this.#show();
  }

  #pick(row) {
    this.#picked.set(this.#chosen, row);
    this.#show();
  }

  // The button goes; who pressed it by keyboard is not left nowhere.
  #follow() {
    this.#pick(null);
    this.#parts.freeze.focus();
  }

  #show() {
    const record = this.#records.get(this.#chosen);
    const picked = this.#picked.get(this.#chosen) ?? null;
    const row = record.newest === null ? picked : this.#rows.show(record, picked);
    this.#showControls(row, picked);
    if (row !== null) {
      this.#showRow(row);
    }
  }

  #showControls(row, picked) {
    const language = this.#language;
    const { freeze, frozen, waiting, follow, before, content, panel } = this.#parts;
    this.#tabs.render(this.#chosen, language.text("wire.title"), (name) => tabContent(name, language));
    panel.setAttribute("aria-labelledby", tabId(this.#chosen));
    freeze.textContent = language.text(this.#isFrozen ? "wire.goon" : "wire.freeze");
    frozen.textContent = this.#isFrozen ? language.text("wire.frozen") : "";
    waiting.textContent = this.#rows.waiting > 0 ? language.text("wire.waiting", { count: this.#rows.waiting }) : "";
    follow.classList.toggle("absent", picked === null);
    this.#lesson.show(this.#chosen, row?.exchange.transport);
    before.hidden = row !== null;
    before.replaceChildren(...rich(language.text(this.#isFrozen ? "wire.before.frozen" : `wire.before.${this.#chosen}`)));
    content.hidden = row === null;
  }

  // What is drawn already stays, so that nothing moves under who selects text in it.
  #showRow(row) {
    const { exchange, reading } = row;
    const heads = exchange.response.length + Number(exchange.isOver);
    const isSame = this.#drawn?.exchange === exchange && this.#drawn.heads === heads;
    if (isSame && this.#drawn.reading === reading) {
      return;
    }
    if (!isSame) {
      this.#showHeads(exchange);
    }
    this.#drawn = { exchange, heads, reading };
    this.#piece.show(row);
    this.#overhead.show(row, this.#sizes.of(row));
  }

  #showHeads(exchange) {
    const language = this.#language;
    const { listTitle, once } = this.#parts;
    listTitle.textContent = language.text(exchange.isPoll ? "wire.rows.polls" : `wire.rows.${exchange.transport}`);
    once.textContent = language.text(exchange.isPoll ? "wire.heads.each" : "wire.heads.once", { number: exchange.number });
    this.#heads.show(exchange);
  }
}

function tabContent(name, language) {
  const letter = MARKS[name]?.letter;
  const badge = h("i", { class: `badge ${name}`, "aria-hidden": "true" }, letter ?? "→");
  return [badge, language.text(`wire.name.${name}`)];
}
