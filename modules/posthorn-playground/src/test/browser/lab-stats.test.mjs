// What the lab makes of latencies, of the server's counts and of round trips, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ClockOffset } from "../../main/resources/web/lab/clock-offset.js";
import { Latencies, Tally } from "../../main/resources/web/lab/stats.js";

test("of a hundred latencies the fiftieth is p50 and the ninety-ninth p99", () => {
  const latencies = new Latencies();
  assert.equal(latencies.at(0), null);
  for (let i = 1; i <= 100; i++) {
    latencies.add(0, (i * 37) % 101); // each of 1 to 100 once
  }
  assert.deepEqual(latencies.at(1), { last: 3700 % 101, p50: 50, p99: 99 });
});

test("one latency is all three", () => {
  const latencies = new Latencies();
  latencies.add(0, 7);
  assert.deepEqual(latencies.at(0), { last: 7, p50: 7, p99: 7 });
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
  assert.deepEqual(latencies.at(0), { last: 3999, p50: 2499, p99: 3969 });
});

test("counts are told as totals, and begin from nothing after a reset", () => {
  const tally = new Tally();
  assert.equal(tally.tell({ requests: 2, received: 100, sent: 20, cuts: 0, reconnects: 0 }), 120);
  assert.equal(tally.tell({ requests: 3, received: 150, sent: 30, cuts: 1, reconnects: 1 }), 60);
  assert.equal(tally.bytes, 180);
  tally.reset();
  assert.equal(tally.bytes, 0);
  assert.equal(tally.tell({ requests: 4, received: 151, sent: 30, cuts: 1, reconnects: 1 }), 1);
  assert.deepEqual([tally.since("requests"), tally.since("received"), tally.since("sent"), tally.since("reconnects")], [1, 1, 0, 0]);
  tally.restart();
  assert.equal(tally.tell({ requests: 1, received: 5, sent: 5, cuts: 0, reconnects: 0 }), 10);
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
