import { h } from "../../site/dom.js";
import { MARKS, TRANSPORTS } from "../marks.js";
import { columnWidth, draw, SPAN } from "./picture.js";
import { KINDS } from "./kinds.js";
import { LabelOrder } from "./labels.js";
import { Line } from "./line.js";
import { Readout } from "./readout.js";
import { Surface } from "./surface.js";

/** One picture of all transports: its canvas, what it shows at a time, and the same in words. */
export class PlotFigure {
  lines = new Map(TRANSPORTS.map((name) => [name, new Line(name)]));
  stage = h("div", { class: "plot-stage", role: "slider", tabindex: "0", "aria-orientation": "horizontal", "aria-valuemin": "-60", "aria-valuemax": "0", "aria-valuenow": "0" });
  #kind;
  #language;
  #order = new LabelOrder();
  #readout;
  #surface;
  #shown = { now: 0, age: null, lines: new Map() }; // what was drawn last
  #title = h("h3");
  #note = h("p", { class: "plot-note" });
  #alternative = h("ul", { class: "hidden" });

  /**
   * @param name of the figure, a key of `KINDS`
   * @param onResize called when the picture has to be drawn anew
   */
  constructor(name, language, onResize) {
    this.name = name;
    this.#kind = KINDS[name];
    this.#language = language;
    this.#readout = new Readout(language);
    const canvas = h("canvas");
    this.stage.append(canvas);
    this.#surface = new Surface(canvas, onResize);
    const caption = h("figcaption", {}, this.#title, this.#note);
    this.element = h("figure", { class: "plot", "data-plot": name }, caption, this.stage, this.#readout.element, this.#alternative);
  }

  /** The texts that stay, in the language of now. */
  renderTexts() {
    const language = this.#language;
    this.#title.textContent = language.text(`plot.${this.name}.title`);
    this.#note.textContent = language.text(`plot.${this.name}.note`);
    this.stage.setAttribute("aria-label", language.text("plot.slider", { title: this.#title.textContent }));
    this.#readout.renderTexts();
  }

  /**
   * @param shown the transports that are shown
   * @param pointed the one whose line is pointed at, or null
   * @param age how many ms ago the reader points at, or null for the latest
   */
  draw({ now, shown, pointed, events, age, colours, font }) {
    if (this.#surface.width === 0) {
      return;
    }
    const lines = new Map([...this.lines].filter(([name]) => shown.has(name)));
    const from = now - SPAN;
    lines.forEach((line) => line.gather(from, columnWidth(this.#surface.width)));
    const range = rangeOf(lines, from);
    const scaleBetween = (edges) => this.#kind.scale(range, edges);
    const { hasSingles } = this.#kind;
    const what = { now, lines, order: this.#order, pointed, hasSingles, scaleBetween, events, age };
    this.view = draw(this.#surface, { ...what, words: this.#words(), colours, font });
    this.#shown = { now, age, lines, says: (value) => this.#kind.says(value, this.#language) };
    this.#readout.show(this.#shown);
  }

  /** How many ms ago a place of the picture is, given in pixels from its left edge. */
  ageAt(x) {
    const { left, right, msPerPixel } = this.view;
    return Math.min(Math.max((right - Math.max(x, left)) * msPerPixel, 0), SPAN);
  }

  /** Tells assistive technology what is pointed at. */
  tell(age) {
    this.stage.setAttribute("aria-valuenow", String(-Math.round((age ?? 0) / 1000)));
    this.stage.setAttribute("aria-valuetext", this.#readout.sentence({ ...this.#shown, age }));
  }

  get hasValues() {
    return [...this.#shown.lines.values()].some(({ columns }) => columns.length > 0);
  }

  /** Writes the last values for those who do not see the picture. */
  describe() {
    this.#alternative.replaceChildren(...this.#readout.items({ ...this.#shown, age: null }).map((text) => h("li", {}, text)));
  }

  #words() {
    const language = this.#language;
    return {
      unit: language.text(`plot.unit.${this.name}`),
      empty: language.text("plot.empty"),
      tick: (value) => this.#kind.tick(value, language),
      age: (seconds) => language.text(seconds === 0 ? "plot.now" : seconds === 60 ? "plot.ago" : "plot.seconds", { seconds }),
      name: (transport) => language.text(`plot.${transport}`),
    };
  }
}

function rangeOf(lines, from) {
  const ranges = [...lines.values()].flatMap((line) => line.range(from) ?? []);
  if (ranges.length === 0) {
    return undefined;
  }
  return { low: Math.min(...ranges.map(({ low }) => low)), high: Math.max(...ranges.map(({ high }) => high)) };
}
