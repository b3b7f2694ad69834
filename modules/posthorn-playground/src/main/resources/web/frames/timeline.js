import { h } from "../site/dom.js";
import { closeReason, hex, Opcode, opcodeName } from "./frame.js";
import { wordsOf } from "./payload.js";
import { clock } from "./time.js";

const KEPT = 200;
const PREVIEW = 48;

/**
 * The frames that passed, newest on top. The newest that is not merely an answer to what the browser sent is shown until
 * the reader picks one; then that one stays.
 */
export class Timeline {
  #list;
  #none;
  #follow;
  #language;
  #onShow;
  #frames = [];
  #pinned = null;

  /** @param elements the `list`, what stands there while it is empty (`none`), and the button `follow` */
  constructor({ list, none, follow }, language, onShow) {
    this.#list = list;
    this.#none = none;
    this.#follow = follow;
    this.#language = language;
    this.#onShow = onShow;
    list.addEventListener("click", ({ target }) => this.#pin(this.#frameOf(target.closest("[role=option]"))));
    list.addEventListener("keydown", (event) => this.#onKey(event));
    follow.addEventListener("click", () => this.#pin(null));
  }

  add(frame) {
    this.#frames.unshift(frame);
    this.#list.prepend(this.#option(frame));
    if (this.#frames.length > KEPT) {
      this.#frames.pop();
      this.#list.lastElementChild.remove();
    }
    this.#mark();
    if (this.#shown() === frame) {
      this.#onShow(frame);
    }
  }

  render() {
    this.#list.replaceChildren(...this.#frames.map((frame) => this.#option(frame)));
    this.#mark();
  }

  #pin(frame) {
    if (frame === undefined) {
      return;
    }
    this.#pinned = frame;
    this.#mark();
    this.#onShow(this.#shown());
  }

  #onKey(event) {
    const at = this.#frames.indexOf(this.#shown());
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.#frames.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.#pin(this.#frames[next]);
      this.#selected()?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Escape" && this.#pinned) {
      this.#pin(null);
    }
  }

  #shown() {
    return this.#pinned ?? this.#frames.find((frame) => !isKeepAlive(frame) && !isAnswer(frame)) ?? this.#frames[0];
  }

  #selected() {
    return this.#list.querySelector("[aria-selected=true]");
  }

  #frameOf(option) {
    return this.#frames.find((frame) => option?.id === optionId(frame));
  }

  #mark() {
    const shown = this.#shown();
    for (const option of this.#list.querySelectorAll("[role=option]")) {
      option.setAttribute("aria-selected", String(shown !== undefined && option.id === optionId(shown)));
    }
    if (shown) {
      this.#list.setAttribute("aria-activedescendant", optionId(shown));
    } else {
      this.#list.removeAttribute("aria-activedescendant");
    }
    this.#follow.hidden = this.#pinned === null;
    this.#list.hidden = this.#frames.length === 0;
    this.#none.hidden = !this.#list.hidden;
  }

  #option(frame) {
    const language = this.#language;
    const from = language.text(frame.fromClient ? "from.client" : "from.server");
    return h(
      "div",
      { class: "option", role: "option", id: optionId(frame), "aria-selected": "false" },
      h("span", { class: `arrow ${frame.fromClient ? "up" : "down"}`, role: "img", "aria-label": from }),
      h("span", { class: "kind" }, kindOf(frame, language)),
      h("span", { class: "preview" }, h("bdi", {}, preview(frame))),
      h("span", { class: "form" }, language.text("frames.form", { bits: frame.lengthBits })),
      h("span", { class: "bytes" }, language.text("frames.size", { size: language.number(frame.size) })),
      h("span", { class: "time" }, clock(frame.micros).slice(0, 12)),
    );
  }
}

/** What a frame is called in one or two words. */
export function kindOf({ opcode, kind, part }, language) {
  const name = language.text(`kind.${opcodeName(opcode)}`);
  return part !== null && kind === opcode ? `${name} ${part}` : name;
}

function optionId({ number }) {
  return `frame-${number}`;
}

// A server pings a silent connection by itself; that should not take away what someone is reading.
function isKeepAlive({ opcode, length }) {
  return length === 0 && (opcode === Opcode.PING || opcode === Opcode.PONG);
}

// An echo says less than what it echoes, which is masked besides. What the server sends unasked comes in fragments here.
function isAnswer({ fromClient, opcode, part, answersClose }) {
  const isWhole = (opcode === Opcode.TEXT || opcode === Opcode.BINARY) && part === null;
  return !fromClient && (isWhole || answersClose);
}

function preview(frame) {
  if (frame.kind === Opcode.CLOSE) {
    const { code, reason } = closeReason(frame.plain);
    return [code, reason].filter(Boolean).join(" ");
  }
  if (frame.kind === Opcode.BINARY || frame.rsv[0]) {
    return cut(hex(frame.plain), PREVIEW, frame.length > frame.plain.length);
  }
  return cut(wordsOf(frame), PREVIEW, frame.length > frame.plain.length);
}

function cut(text, length, isCutAlready) {
  const characters = [...text];
  return characters.length > length || isCutAlready ? `${characters.slice(0, length).join("")}…` : text;
}
