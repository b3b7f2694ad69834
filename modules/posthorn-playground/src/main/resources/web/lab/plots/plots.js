import { h } from "../../site/dom.js";
import { MARKS, TRANSPORTS } from "../marks.js";
import { PlotFigure } from "./figure.js";
import { Happenings } from "./happenings.js";
import { Legend } from "./legend.js";
import { Pointer } from "./pointer.js";
import { Recorder } from "./recorder.js";

/** Between two drawings, in ms; where the reader wants little motion, a second. */
const REST = 100;
const CALM_REST = 1000;

/** Between two writings of the text alternative, in ms. */
const WORDS_REST = 15_000;

const wantsCalm = matchMedia("(prefers-reduced-motion: reduce)");

/** The pictures of latency and of bytes per message, all transports in each; they draw themselves while they can be seen. */
export class Plots {
  #language;
  #now;
  #happenings = new Happenings();
  #figures;
  #legend;
  #pointer;
  #isInView = false;
  #isAsked = false;
  #written = null; // the language of the texts
  #drawnAt = 0;
  #describedAt = -Infinity;

  /** @param now the page's clock, in ms since 1970 */
  constructor(lab, language, now = () => performance.timeOrigin + performance.now()) {
    this.#language = language;
    this.#now = now;
    const soon = () => this.#ask();
    this.#figures = ["latency", "bytes"].map((name) => new PlotFigure(name, language, () => this.#draw()));
    this.#legend = new Legend(language, soon);
    this.#pointer = new Pointer(this.#figures, () => this.#draw());
    const [latency, bytes] = this.#figures.map(({ lines }) => lines);
    new Recorder(lab, { latency, bytes, happenings: this.#happenings, now });
    const pair = h("div", { class: "plot-pair" }, ...this.#figures.map(({ element }) => element));
    this.element = h("div", { class: "plots" }, this.#legend.element, pair);
    this.render();
    new IntersectionObserver(([{ isIntersecting }]) => this.#onView(isIntersecting)).observe(this.element);
  }

  /** Marks this moment in both pictures with the text `plot.mark.<key>`. */
  mark(key) {
    this.#happenings.add(key, this.#now());
    this.#ask();
  }

  render() {
    if (this.#written !== this.#language.current) {
      this.#written = this.#language.current;
      this.#legend.render();
      this.#figures.forEach((figure) => figure.renderTexts());
      this.#describedAt = -Infinity;
    }
    this.#ask();
  }

  #onView(isInView) {
    this.#isInView = isInView;
    this.#ask();
  }

  // Frames come only while the page is visible, and are asked for only while the pictures are.
  #ask() {
    if (this.#isInView && !this.#isAsked) {
      this.#isAsked = true;
      requestAnimationFrame((at) => this.#onFrame(at));
    }
  }

  #onFrame(at) {
    this.#isAsked = false;
    if (at - this.#drawnAt >= (wantsCalm.matches ? CALM_REST : REST) - 8) {
      this.#drawnAt = at;
      this.#draw();
    }
    this.#ask();
  }

  #draw() {
    const now = this.#now();
    const style = getComputedStyle(this.element);
    const colours = coloursOf(style);
    const events = this.#happenings.told(this.#language);
    const { age } = this.#pointer;
    const { shown, pointed } = this.#legend;
    this.#figures.forEach((figure) => figure.draw({ now, shown, pointed, events, age, colours, font: style.fontFamily }));
    if (now - this.#describedAt >= WORDS_REST && this.#figures.some((figure) => figure.hasValues)) {
      this.#describedAt = now;
      this.#figures.forEach((figure) => figure.describe());
    }
  }
}

function coloursOf(style) {
  const colour = (css) => style.getPropertyValue(css).trim();
  return {
    ground: colour("--ground"),
    ink: colour("--ink"),
    muted: colour("--muted"),
    line: colour("--line"),
    strong: colour("--strong-line"),
    shade: colour("--raised"),
    ...Object.fromEntries(TRANSPORTS.map((name) => [name, colour(MARKS[name].css)])),
  };
}
