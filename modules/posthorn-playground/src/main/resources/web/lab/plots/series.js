/** Values over time, oldest first: a ring of fixed size, in which the newest take the place of the oldest. */
export class Series {
  #times;
  #values;
  #breaks;
  #begin = 0;
  length = 0;

  /** @param capacity how many are kept at most; all the memory is taken at once */
  constructor(capacity) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
    this.#breaks = new Uint8Array(capacity);
  }

  /** @param isBreak whether something is missing before it, so that no line leads here */
  push(time, value, isBreak = false) {
    const capacity = this.#times.length;
    const at = (this.#begin + this.length) % capacity;
    this.#times[at] = this.length === 0 ? time : Math.max(time, this.timeAt(this.length - 1));
    this.#values[at] = value;
    this.#breaks[at] = Number(isBreak);
    if (this.length < capacity) {
      this.length++;
    } else {
      this.#begin = (this.#begin + 1) % capacity;
    }
  }

  clear() {
    this.#begin = 0;
    this.length = 0;
  }

  timeAt(index) {
    return this.#times[this.#slot(index)];
  }

  valueAt(index) {
    return this.#values[this.#slot(index)];
  }

  isBreakAt(index) {
    return this.#breaks[this.#slot(index)] === 1;
  }

  /** The first index whose time is not before this one. */
  indexFrom(time) {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.timeAt(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  #slot(index) {
    return (this.#begin + index) % this.#times.length;
  }
}
