/** As many are remembered; a minute rarely has more. */
const KEPT = 40;

/** What is done again and again within this many ms, with a slider, say, counts once. */
const TOGETHER = 1500;

/** What happened in the last minute, to be marked in the pictures. */
export class Happenings {
  #all = [];

  /** @param value the number that is told, if there is one */
  add(key, time, value) {
    const last = this.#all.at(-1);
    if (last?.key === key && time - last.time < TOGETHER && last.end === undefined) {
      this.#all.pop();
    }
    this.#all.push({ key, time, value });
    this.#all.splice(0, this.#all.length - KEPT);
  }

  /** Something that lasts until `end`. */
  begin(key, time) {
    this.add(key, time);
    this.#all.at(-1).end = null;
  }

  end(key, time) {
    const open = this.#all.findLast((each) => each.key === key && each.end === null);
    if (open) {
      open.end = time;
    }
  }

  clear() {
    this.#all = [];
  }

  /** @param language in which they are told */
  told(language) {
    return this.#all.map(({ time, end, key, value = 0 }) => ({ time, end, text: language.text(`plot.mark.${key}`, { value: language.number(value) }) }));
  }
}
