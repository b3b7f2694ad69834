// What the lab makes of latencies, of the server's counts and of round trips, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cuts } from "../../main/resources/web/lab/cuts.js";
import { ClockOffset } from "../../main/resources/web/lab/clock-offset.js";
import { Reader } from "../../main/resources/web/lab/reader.js";
import { Latencies, Tally } from "../../main/resources/web/lab/stats.js";

test("of a hundred latencies the fiftieth is p50 and the ninety-ninth p99", () => {
  const latencies = new Latencies();
  assert.equal(latencies.at(0), null);
  for (let i = 1; i <= 100; i++) {
    latencies.add(0, (i * 37) % 101); // each of 1 to 100 once
  }
  assert.deepEqual(latencies.at(1), { count: 100, last: 3700 % 101, p50: 50, p99: 99 });
});

test("one latency is all three", () => {
  const latencies = new Latencies();
  latencies.add(0, 7);
  assert.deepEqual(latencies.at(0), { count: 1, last: 7, p50: 7, p99: 7 });
});

test("latencies that are a minute old count no more", () => {
  const latencies = new Latencies();
  latencies.add(1000, 1);
  latencies.add(2000, 2);
  assert.equal(latencies.at(60_999).p50, 1);
  assert.equal(latencies.at(61_000).p50, 2);
  assert.equal(latencies.at(62_000), null);
});

test("the latest three thousand latencies are kept", () => {
  const latencies = new Latencies();
  for (let i = 0; i < 4000; i++) {
    latencies.add(0, i);
  }
  assert.deepEqual(latencies.at(0), { count: 3000, last: 3999, p50: 2499, p99: 3969 });
});

test("counts are told as totals, and begin from nothing with another visit", () => {
  const tally = new Tally();
  assert.equal(tally.tell({ requests: 2, received: 100, sent: 20, cuts: 0, reconnects: 0 }), 120);
  assert.equal(tally.tell({ requests: 3, received: 150, sent: 30, cuts: 1, reconnects: 1 }), 60);
  assert.equal(tally.bytes, 180);
  assert.deepEqual(["requests", "received", "sent", "reconnects"].map((what) => tally.of(what)), [3, 150, 30, 1]);
  tally.restart();
  assert.equal(tally.bytes, 0);
  assert.equal(tally.tell({ requests: 1, received: 5, sent: 5, cuts: 0, reconnects: 0 }), 10);
});

/** A stream that had a message, and whose cut was asked for at 1000 and has been told. */
function cutOff() {
  const cuts = new Cuts();
  cuts.renew();
  cuts.take(900, false);
  cuts.announce(1000);
  cuts.tell({ cuts: 1, reconnects: 0 }, 1005);
  return cuts;
}

test("a stream that is cut off is back with the first message over another connection, not with one on its way", () => {
  const cuts = cutOff();
  assert.equal(cuts.isCut, true);
  assert.equal(cuts.take(1006, false), null);
  cuts.renew();
  assert.equal(cuts.isCut, true); // it knows, and is not in yet
  cuts.tell({ cuts: 1, reconnects: 1 }, 1500);
  assert.equal(cuts.isCut, false);
  assert.equal(cuts.take(1600, false), 600);
  assert.equal(cuts.take(2600, false), null);
});

test("a stream that has not noticed that it was cut off is back when it is let in and has a message", () => {
  const cuts = cutOff();
  cuts.tell({ cuts: 1, reconnects: 1 }, 4000);
  assert.equal(cuts.take(4100, false), 3100);
});

test("a message that comes before it is told that its reader was let in brings it back all the same", () => {
  const cuts = cutOff();
  cuts.renew();
  assert.equal(cuts.take(1600, false), 600);
  assert.equal(cuts.isCut, false);
  cuts.tell({ cuts: 1, reconnects: 1 }, 1601);
  assert.equal(cuts.isCut, false);
  assert.equal(cuts.take(1700, false), null);
});

test("a message over the connection that is about to be cut is none that brings back", () => {
  const cuts = new Cuts();
  cuts.renew();
  cuts.announce(1000);
  cuts.tell({ cuts: 1, reconnects: 0 }, 1005);
  assert.equal(cuts.take(1006, false), null);
});

test("a poll that a browser has repeated by itself brings back, too", () => {
  const cuts = cutOff();
  assert.equal(cuts.take(1010, true), 10);
});

test("whoever is dropped again and again is back after the first time", () => {
  const cuts = cutOff();
  cuts.announce(2000);
  cuts.tell({ cuts: 2, reconnects: 0 }, 2000);
  cuts.tell({ cuts: 3, reconnects: 1 }, 3000); // told together: out, and in again
  assert.equal(cuts.isCut, false);
  assert.equal(cuts.take(3500, false), 2500);
});

test("whoever reads no more is not waited for", () => {
  const cuts = cutOff();
  cuts.forget();
  assert.equal(cuts.isCut, false);
  cuts.tell({ cuts: 1, reconnects: 1 }, 2000);
  assert.equal(cuts.take(2100, false), null);
});

test("the shortest round trip of the last eight tells how far the clocks are apart", (t) => {
  const clock = new ClockOffset();
  const asked = [];
  let now = 1000;
  let askAgain;
  t.mock.method(globalThis, "setTimeout", (ask) => (askAgain = ask));
  t.mock.method(performance, "now", () => now - performance.timeOrigin);
  clock.begin((words) => asked.push(words));
  // The server's clock is 100 behind; each question takes 2 to get there, and the answer longer and longer.
  for (let back = 2; back <= 20; back += 2) {
    const then = now + 2 - 100;
    now += 2 + back;
    clock.onAnswer({ asked: asked.at(-1).slice("time ".length), now: then });
    assert.ok(Math.abs(clock.value.offset - 100) <= clock.value.error, `${back}`);
    askAgain();
  }
  const shortest = 2 + 6; // the first two of ten are forgotten
  assert.equal(Math.round(clock.value.roundTrip), shortest);
  assert.equal(clock.value.error, clock.value.roundTrip / 2);
  clock.end();
});

test("an answer to a question of before is none", () => {
  const clock = new ClockOffset();
  clock.begin(() => {});
  clock.onAnswer({ asked: "0", now: 1 });
  assert.equal(clock.value, null);
  clock.end();
});

test("a number that is left out is missed, one that comes again is a duplicate and told to nobody", () => {
  const told = [];
  let link;
  const open = (opened) => ((link = opened), { start() {}, stop() {} });
  const emit = (type, event) => type === "message" && told.push([event.number, event.missed]);
  const lab = { transports: { websocket: open }, toPageTime: (ms) => ms, onPlace() {}, emit };
  const reader = new Reader("websocket", "websocket", lab);
  reader.begin();
  for (const number of [3, 4, 7, 7, 6, 8]) {
    link.deliver({ id: `e-${number}`, data: `${number} 2026-11-22T20:30:00.123456Z ....` });
  }
  assert.deepEqual([reader.messages, reader.missed, reader.duplicates], [4, 2, 2]);
  assert.deepEqual(told, [[3, 0], [4, 0], [7, 2], [8, 0]]);
});
