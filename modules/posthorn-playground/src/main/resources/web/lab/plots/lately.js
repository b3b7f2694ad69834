/** What "lately" means, in ms: as far back as a value reaches, or to the message before where they are rarer. */
const LATELY = 5000;

/** So long after a message was sent its bytes are told at the latest, in ms: the server tells four times a second. */
const SETTLED = 500;

/** Within this time before they were told, in ms, the bytes were counted. */
const TELLING = 250;

/** Where the bytes told are fewer than this share of the messages' own, they are not those of these messages. */
const PLAUSIBLE = 0.75;

/** As many tellings are remembered: two minutes of them. */
const KEPT = 512;

const NOTHING = { sentAt: -Infinity, bytes: 0, messages: 0, sizes: 0 };

/**
 * The bytes per message of a transport in the last seconds. The server counts bytes when it sends them, the page counts
 * messages when it comes to them, on a busy machine seconds later. So the messages up to one are set against the bytes
 * that had been told shortly after it was sent.
 */
export class Lately {
  #told = []; // all bytes so far, each time that some were told
  #sums = { ...NOTHING }; // of the messages so far
  #marks = [NOTHING]; // sums whose bytes are known, of the last seconds
  #waiting = []; // sums whose bytes are not, oldest first
  #backAt = -Infinity; // after the last break

  /** A message came; times in ms on the page's clock. */
  onMessage(sentAt, size) {
    const { messages, sizes } = this.#sums;
    this.#sums = { sentAt: Math.max(sentAt, this.#sums.sentAt), messages: messages + 1, sizes: sizes + size };
  }

  /** The first message after a break came. */
  onBack(time) {
    this.#backAt = time;
  }

  /** @param isBreak whether the line is broken before the messages since */
  onBytes(time, bytes, isBreak) {
    this.#told.push({ time, bytes: (this.#told.at(-1)?.bytes ?? 0) + bytes });
    this.#told.splice(0, this.#told.length - KEPT);
    const last = this.#waiting.at(-1) ?? this.#marks.at(-1);
    // What was missed during a break is sent after it, all at once, and has to be here before it can be counted.
    const isNews = this.#sums.messages > last.messages && this.#sums.sentAt >= this.#backAt;
    if (isNews) {
      this.#waiting.push({ ...this.#sums, time, isBreak });
    }
    return isNews;
  }

  /** The values that are known by now and were not before: `[{time, value, isBreak}]`. */
  settle(now) {
    const values = [];
    while (this.#waiting.length > 0 && this.#waiting[0].sentAt + SETTLED <= now) {
      const sums = this.#waiting.shift();
      const mark = { ...sums, bytes: this.#bytesAt(sums.sentAt + SETTLED) };
      const base = this.#baseOf(mark);
      const least = mark.sizes - base.sizes;
      const bytes = mark.bytes - base.bytes;
      this.#marks.push(mark);
      if (bytes > 0 && bytes >= PLAUSIBLE * least) {
        const value = Math.max(bytes, least) / (mark.messages - base.messages);
        values.push({ time: mark.time, value, isBreak: mark.isBreak });
      }
    }
    return values;
  }

  #baseOf({ sentAt }) {
    const next = this.#marks.findIndex((mark) => mark.sentAt > sentAt - LATELY);
    const at = next === -1 ? this.#marks.length - 1 : Math.max(next - 1, 0);
    this.#marks.splice(0, at);
    return this.#marks[0];
  }

  #bytesAt(time) {
    const next = this.#told.findIndex((told) => told.time > time);
    if (next <= 0) {
      return this.#told.at(next).bytes;
    }
    const [before, after] = [this.#told[next - 1], this.#told[next]];
    const begin = Math.max(before.time, after.time - TELLING);
    const share = Math.max(0, time - begin) / (after.time - begin);
    return before.bytes + share * (after.bytes - before.bytes);
  }
}
