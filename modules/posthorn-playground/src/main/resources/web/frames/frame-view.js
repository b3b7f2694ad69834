import { h, rich } from "../site/dom.js";
import { fieldTable } from "./fields.js";
import { opcodeName } from "./frame.js";
import { payload } from "./payload.js";
import { picture } from "./picture.js";
import { clock, span } from "./time.js";
import { unmasking } from "./unmasking.js";

/** The frame that RFC 6455 5.7 gives as an example: a masked text frame with "Hello". */
const EXAMPLE = "818537fa213d7f9f4d5158";

export function exampleBytes() {
  return Uint8Array.from(EXAMPLE.match(/../g), (pair) => parseInt(pair, 16));
}

/** Draws one frame large: what it is, its size, its bits, its fields, its unmasking and its payload. */
export class FrameView {
  #element;
  #language;
  #frame = null;

  constructor(element, language) {
    this.#element = element;
    this.#language = language;
    linkFields(element);
  }

  /** @param frame a frame with its place in the trail; one without a number is the example */
  show(frame) {
    this.#frame = frame;
    this.render();
  }

  render() {
    const frame = this.#frame;
    const language = this.#language;
    this.#element.replaceChildren(
      this.#title(frame),
      this.#size(frame),
      h("div", { class: "scroll" }, picture(frame, language)),
      fieldTable(frame, language),
      h("h4", {}, language.text("unmask.title")),
      unmasking(frame, language),
      h("h4", {}, language.text("payload.title")),
      payload(frame, language),
    );
    this.#element.dataset.number = frame.number ?? "";
  }

  #title(frame) {
    const language = this.#language;
    const kind = language.text(`kind.${opcodeName(frame.kind)}`);
    const title = frame.part === null ? kind : language.text("frame.part", { kind, part: frame.part });
    const from = language.text(frame.fromClient ? "from.client" : "from.server");
    return h(
      "header",
      {},
      h("p", { class: "when" }, ...this.#when(frame)),
      h(
        "h3",
        {},
        h("span", { class: `arrow ${frame.fromClient ? "up" : "down"}`, "aria-hidden": "true" }),
        language.text("frame.title", { title, from }),
      ),
    );
  }

  #when(frame) {
    const language = this.#language;
    if (frame.number === undefined) {
      return rich(language.text("frame.example"));
    }
    const since = frame.sinceLast === null ? null : language.text("frame.since", { span: span(frame.sinceLast, language) });
    return [[`#${frame.number}`, clock(frame.micros), since].filter(Boolean).join(" · ")];
  }

  #size({ size, header, length }) {
    const language = this.#language;
    const share = header.length / size;
    const bar = h("span", { class: "bar", "aria-hidden": "true" }, h("i"));
    bar.style.setProperty("--share", share);
    const count = (bytes) => language.number(bytes);
    return h(
      "div",
      { class: "size" },
      h("p", {}, ...rich(language.text("frame.size", { size: count(size), header: header.length, payload: count(length) }))),
      bar,
      h("p", { class: "hint" }, language.text("frame.overhead", { share: percent(share, language) })),
    );
  }
}

function percent(share, language) {
  const digits = share < 0.1 ? 2 : 0;
  return language.number(share, { style: "percent", maximumFractionDigits: digits });
}

// Pointing at a field in the picture shows it in the table, and the other way round.
function linkFields(element) {
  element.addEventListener("pointerover", ({ target }) => {
    const field = target.closest("[data-field]")?.dataset.field;
    for (const part of element.querySelectorAll("[data-field]")) {
      part.classList.toggle("lit", part.dataset.field === field);
    }
  });
}

