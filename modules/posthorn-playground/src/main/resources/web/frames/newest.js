import { h } from "../site/dom.js";
import { kindOf } from "./timeline.js";

/** The newest frame in one line, where the frames are too far away to be seen: a link that leads there. */
export class Newest {
  #link;
  #language;
  #frame = null;

  constructor(link, language) {
    this.#link = link;
    this.#language = language;
  }

  add(frame) {
    this.#frame = frame;
    this.#link.hidden = false;
    this.render();
  }

  render() {
    const frame = this.#frame;
    if (frame === null) {
      return;
    }
    const language = this.#language;
    const from = language.text(frame.fromClient ? "from.client" : "from.server");
    this.#link.replaceChildren(
      h("span", { class: "number" }, `#${frame.number}`),
      h("span", { class: `arrow ${frame.fromClient ? "up" : "down"}`, role: "img", "aria-label": from }),
      h("b", {}, kindOf(frame, language)),
      h("span", { class: "bytes" }, language.text("frames.size", { size: language.number(frame.size) })),
      h("span", { class: "go" }, language.text("newest.go")),
    );
  }
}
