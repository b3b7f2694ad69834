import { SPAN } from "./picture.js";

const SECOND = 1000;

/** How far a key leads, in ms into the past. */
const STEPS = {
  ArrowLeft: SECOND,
  ArrowDown: SECOND,
  ArrowRight: -SECOND,
  ArrowUp: -SECOND,
  PageDown: 10 * SECOND,
  PageUp: -10 * SECOND,
  Home: SPAN,
  End: -SPAN,
};

/** Where in time the reader points, with a pointer or with keys; it is the same in all figures. */
export class Pointer {
  age = null; // ms ago, or null: nowhere
  #onMove;

  constructor(figures, onMove) {
    this.#onMove = onMove;
    figures.forEach((figure) => this.#listen(figure));
  }

  #listen(figure) {
    const { stage } = figure;
    const follow = ({ clientX }) => this.#point(figure.ageAt(clientX - stage.getBoundingClientRect().left));
    stage.addEventListener("pointermove", follow);
    stage.addEventListener("pointerdown", follow);
    stage.addEventListener("pointerleave", () => this.#point(null));
    stage.addEventListener("keydown", (event) => this.#onKey(event, figure));
    stage.addEventListener("focus", () => figure.tell(this.age));
    stage.addEventListener("blur", () => this.#point(null));
  }

  #point(age) {
    this.age = age;
    this.#onMove();
  }

  #onKey(event, figure) {
    const step = STEPS[event.key];
    if (step !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.#point(Math.min(Math.max((this.age ?? 0) + step, 0), SPAN));
      figure.tell(this.age);
    } else if (event.key === "Escape") {
      this.#point(null);
      figure.tell(null);
    }
  }
}
