const STEPS = [1, 2, 5];

/** A logarithmic scale: the same way up means the same factor. */
export class LogScale {
  #top;
  #bottom;

  /** From `low` at `bottom` to `high` at `top`, in pixels from the upper edge; what is beyond stays at the edge. */
  constructor(low, high, { top, bottom }) {
    this.low = low;
    this.high = high;
    this.#top = top;
    this.#bottom = bottom;
  }

  y(value) {
    const inside = Math.min(Math.max(value, this.low), this.high);
    const share = Math.log(inside / this.low) / Math.log(this.high / this.low);
    return this.#bottom - share * (this.#bottom - this.#top);
  }

  /** Whether a value lies between the edges. */
  holds(value) {
    return value > this.low * 0.999 && value < this.high * 1.001;
  }

  /** The values that get a line: powers of ten, with twice and five times of them where there is room. */
  ticks() {
    const steps = this.high / this.low > 200 ? [1] : STEPS;
    const ticks = [];
    for (let power = 10 ** Math.floor(Math.log10(this.low)); power <= this.high; power *= 10) {
      ticks.push(...steps.map((step) => step * power));
    }
    return ticks.filter((tick) => this.holds(tick));
  }
}

/** The nearest of 1, 2, 5, 10, 20, 50 ... that is not above. */
export function roundBelow(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [...STEPS].reverse().find((step) => step * power <= value) * power;
}

/** The nearest of 1, 2, 5, 10, 20, 50 ... that is not below. */
export function roundAbove(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([...STEPS, 10].find((step) => step * power >= value * 0.999) ?? 10) * power;
}
