import { start } from "../scripts/program.mjs";

const TEXT = "text/plain; charset=utf-8";

/** `/feed` of a conformance server that is started for it: anyone may publish, and all transports read. */
export class Feed {
  #server;

  static async start() {
    const feed = new Feed();
    feed.#server = await start({ after: () => {} }, ["conformance"]);
    return feed;
  }

  /** The server's address, without a slash at its end. */
  get origin() {
    return new URL(this.#server.url).origin;
  }

  get url() {
    return `${this.origin}/feed`;
  }

  async stop() {
    this.#server.child.kill("SIGTERM");
    await this.#server.ended;
  }

  /** Publishes, and gives the cursor. */
  async publish(data, { type = TEXT, event } = {}) {
    const headers = { "Content-Type": type, ...(event && { Event: encodeURIComponent(event) }) };
    const answer = await fetch(this.url, { method: "POST", headers, body: data });
    if (answer.status !== 200) {
      throw new Error(`publishing was answered with ${answer.status}`);
    }
    return (await answer.json()).id;
  }

  /** Publishes more than the feed keeps, so that what was there before is gone; gives the last cursor. */
  async overflow() {
    let last;
    for (let i = 0; i < 1000; i++) {
      last = await this.publish(`overflow ${i}`);
    }
    return last;
  }
}

/** The cursor of the message that many places later: for tests only, clients have no business to read one. */
export function later(cursor, count) {
  const [epoch, number] = cursor.split("-");
  return `${epoch}-${Number(number) + count}`;
}
