import { Opcode } from "./frame.js";

/**
 * Numbers the frames of a connection and finds out what a frame alone does not say: which message it is a part of, how
 * long after the frame before it came, and whether a close is the first or answers the other side's.
 */
export class Trail {
  #count = 0;
  #last = null;
  #unfinished = new Map();
  #firstCloser = null;

  /** A new connection begins; frames keep their numbers. */
  begin() {
    this.#last = null;
    this.#unfinished.clear();
    this.#firstCloser = null;
  }

  add(frame) {
    this.#count += 1;
    const placed = {
      ...frame,
      number: this.#count,
      sinceLast: this.#last === null ? null : frame.micros - this.#last,
      ...this.#part(frame),
      answersClose: this.#answersClose(frame),
    };
    this.#last = frame.micros;
    return placed;
  }

  // RFC 6455 5.5.1: whoever receives a close, and has not sent one, answers with one.
  #answersClose({ fromClient, opcode }) {
    if (opcode !== Opcode.CLOSE) {
      return false;
    }
    this.#firstCloser ??= { fromClient };
    return this.#firstCloser.fromClient !== fromClient;
  }

  // RFC 6455 5.4: a continuation frame has the type of the message's first frame; control frames may come in between.
  #part({ fromClient, opcode, fin }) {
    if (opcode >= Opcode.CLOSE) {
      return { kind: opcode, part: null };
    }
    const begun = this.#unfinished.get(fromClient);
    const kind = opcode === Opcode.CONTINUATION ? (begun?.kind ?? Opcode.CONTINUATION) : opcode;
    const part = opcode === Opcode.CONTINUATION ? (begun?.part ?? 0) + 1 : 1;
    if (fin) {
      this.#unfinished.delete(fromClient);
    } else {
      this.#unfinished.set(fromClient, { kind, part });
    }
    return { kind, part: fin && part === 1 ? null : part };
  }
}
