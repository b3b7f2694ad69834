import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, nearest, span } from "../../main/resources/web/lab/plots/columns.js";
import { Lately } from "../../main/resources/web/lab/plots/lately.js";
import { LabelOrder, pushApart } from "../../main/resources/web/lab/plots/labels.js";
import { LogScale, roundAbove, roundBelow } from "../../main/resources/web/lab/plots/scale.js";
import { Series } from "../../main/resources/web/lab/plots/series.js";
import { en } from "../../main/resources/web/lab/plots/text.en.js";
import { zh } from "../../main/resources/web/lab/plots/text.zh.js";
import { bytesText, sizeText, spanText } from "../../main/resources/web/lab/plots/units.js";

test("labels are pushed apart no more than need be, and stay inside", () => {
  const edges = { top: 0, bottom: 200 };
  assert.deepEqual(pushApart([20, 100, 180], 16, edges), [20, 100, 180]);
  assert.deepEqual(pushApart([100, 100], 16, edges), [92, 108]);
  assert.deepEqual(pushApart([0, 200, 200], 16, edges), [8, 176, 192]);
  assert.deepEqual(pushApart([101, 99], 16, edges), [92, 108]);
  assert.deepEqual(pushApart([], 16, edges), []);
  let seed = 42;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 500; round++) {
    const wanted = Array.from({ length: 5 }, () => random() * 200);
    const places = pushApart(wanted, 16, edges);
    places.forEach((place, index) => assert.ok(index === 0 || place - places[index - 1] > 15.99, `${wanted}: ${places}`));
    assert.ok(places[0] >= 7.99 && places[4] <= 192.01, `${wanted}: ${places}`);
  }
});

test("labels keep their order while lines run close to each other, and change it where they part", () => {
  const order = new LabelOrder();
  const sorted = (heights) => order.sorted(Object.entries(heights).map(([name, y]) => ({ name, y }))).map(({ name }) => name).join("");
  assert.equal(sorted({ S: 120, L: 20, W: 180 }), "LSW");
  assert.equal(sorted({ S: 20, L: 40, W: 38 }), "LSW");
  assert.equal(sorted({ S: 20, L: 80, W: 38 }), "SWL");
  assert.equal(sorted({ S: 60, E: 50, L: 80, W: 38 }), "SWEL");
  assert.equal(sorted({ W: 38, L: 80 }), "WL");
  assert.equal(sorted({}), "");
});

test("a series keeps the newest, in memory that does not grow", () => {
  const series = new Series(100);
  for (let time = 0; time < 10_000; time++) {
    series.push(time, time / 2, time % 10 === 0);
  }
  assert.equal(series.length, 100);
  assert.deepEqual([series.timeAt(0), series.timeAt(99), series.valueAt(99)], [9900, 9999, 4999.5]);
  assert.deepEqual([series.isBreakAt(0), series.isBreakAt(1)], [true, false]);
  assert.deepEqual([series.indexFrom(9950), series.indexFrom(0), series.indexFrom(20_000)], [50, 0, 100]);
});

test("a column holds the middle and the range of its values, and ends where the line breaks", () => {
  const series = new Series(100);
  [[1000, 5], [1010, 1], [1020, 9], [1030, 8], [1040, 3], [1050, 4, true], [1060, 6]].forEach((value) => series.push(...value));
  const all = columns(series, 1000, 100);
  assert.deepEqual(
    all.map(({ low, middle, high, isBreak }) => [low, middle, high, isBreak]),
    [[1, 5, 9, false], [5, 5, 5, true]],
  );
  assert.deepEqual(all.map(({ time }) => time), [1020, 1055]);
  assert.deepEqual(all.map(({ singles }) => singles.map(({ value }) => value)), [[], [4, 6]]);
});

test("where messages are few, the middle is that of the last five, but not of old ones nor of those before a break", () => {
  const series = new Series(100);
  const middles = (...values) => {
    series.clear();
    values.forEach(([time, value, isBreak]) => series.push(time, value, isBreak));
    return columns(series, 0, 100).map(({ middle }) => middle);
  };
  assert.deepEqual(middles([0, 1], [1000, 900], [2000, 2], [3000, 3], [4000, 4], [4900, 5]), [1, 450.5, 2, 2.5, 3, 4]);
  assert.deepEqual(middles([0, 1], [5000, 2], [10_000, 3]), [1, 2, 3]);
  assert.deepEqual(middles([0, 1], [1000, 2], [2000, 9, true], [3000, 7]), [1, 1.5, 9, 8]);
  const after = columns(series, 3000, 100).map(({ middle }) => middle);
  assert.deepEqual(after, [8]);
});

test("an outlier does not stretch an axis", () => {
  const all = Array.from({ length: 100 }, (_, at) => ({ low: at + 1, high: at + 1 }));
  assert.deepEqual(span([...all, { low: 0.01, high: 1e6 }], 0.02), { low: 2, high: 99 });
  assert.deepEqual(span([{ low: 3, high: 7 }], 0.02), { low: 3, high: 7 });
});

test("bytes per message are those of the last five seconds, or since the message before", () => {
  const often = new Lately();
  const values = [];
  for (let time = 1000; time <= 20_000; time += 1000) {
    often.onMessage(time, 64);
    often.onBytes(time + 200, time === 1000 ? 1000 : 100, false);
    values.push(...often.settle(time + 1200).map(({ value }) => Math.round(value)));
  }
  assert.deepEqual(values.slice(0, 8), [1000, 550, 400, 325, 280, 100, 100, 100]);
  const rare = new Lately();
  for (const [time, bytes] of [[0, 100], [5000, 300], [10_000, 200]]) {
    rare.onMessage(time, 64);
    rare.onBytes(time + 200, bytes, false);
  }
  assert.deepEqual(rare.settle(10_400).map(({ value }) => value), [100, 300]);
  assert.deepEqual(rare.settle(10_500), [{ time: 10_200, value: 200, isBreak: false }]);
});

test("bytes that are told before or after their messages make no difference", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const lately = new Lately();
  const arrivals = [];
  for (let sentAt = 0; sentAt < 60_000; sentAt += 20) {
    // Of each seven seconds the page takes in nothing for three, and then what came meanwhile.
    arrivals.push({ at: Math.max(sentAt, Math.floor(sentAt / 7000) * 7000 + 3000), sentAt });
  }
  const values = [];
  for (let time = 0; time < 60_000; time += 250) {
    for (; arrivals[0]?.at <= time; arrivals.shift()) {
      lately.onMessage(arrivals[0].sentAt, 16_384);
    }
    lately.onBytes(time + 50 * random(), (time === 0 ? 1 : 12.5) * 16_400, false);
    values.push(...lately.settle(time).map(({ value }) => value));
  }
  assert.ok(values.length > 100);
  assert.ok(Math.max(...values) < 20_000);
  // At first there are bytes of messages that have not come yet.
  values.slice(20).forEach((value) => assert.ok(value >= 16_384 && value < 17_500, String(value)));
});

test("what was missed during a break is counted when all of it is there", () => {
  const lately = new Lately();
  lately.onMessage(1000, 64);
  lately.onBytes(1100, 100, false);
  assert.equal(lately.settle(1600).length, 1);
  lately.onBack(9000);
  lately.onMessage(2000, 64);
  lately.onBytes(9100, 5000, true);
  assert.deepEqual(lately.settle(9900), []);
  for (let sentAt = 3000; sentAt <= 10_000; sentAt += 1000) {
    lately.onMessage(sentAt, 64);
  }
  lately.onBytes(10_100, 400, true);
  assert.deepEqual(lately.settle(10_500), [{ time: 10_100, value: 600, isBreak: true }]);
});

test("a value below the size of the messages themselves is none", () => {
  const lately = new Lately();
  lately.onMessage(1000, 16_384);
  lately.onMessage(1020, 16_384);
  lately.onBytes(1100, 600, false);
  assert.deepEqual(lately.settle(2000), []);
});

test("times from a second on are told in seconds, and many bytes in KiB and MiB", () => {
  const language = { number: (value, options) => new Intl.NumberFormat("en", options).format(value) };
  const words = (says, values) => values.map((value) => says(value, language).replace("\u00a0", " "));
  assert.deepEqual(words(spanText, [-1, 0.05, 12.34, 512.3, 999.4, 999.6, 1234, 12_345]), [
    ...["0.00 ms", "0.05 ms", "12.3 ms", "512 ms", "999 ms", "1.0 s", "1.2 s", "12 s"],
  ]);
  assert.deepEqual(words(sizeText, [900, 1024, 987_654, 34_482_163]), ["900 B", "1.00 KiB", "965 KiB", "32.9 MiB"]);
  assert.deepEqual(words(bytesText, [16_851.4]), ["16,851 B"]);
});

test("in a gap there is no value, beside it there is the nearest", () => {
  const all = [{ time: 1000 }, { time: 6000 }, { time: 20_000, isBreak: true }];
  assert.equal(nearest(all, 1500).time, 1000);
  assert.equal(nearest(all, 4000).time, 6000);
  assert.equal(nearest(all, 6500).time, 6000);
  assert.equal(nearest(all, 12_000), null);
  assert.equal(nearest(all, 19_500).time, 20_000);
  assert.equal(nearest(all, 25_000), null);
  assert.equal(nearest([], 1000), null);
});

test("a scale is logarithmic, and its lines stand on round values", () => {
  const scale = new LogScale(0.1, 1000, { top: 0, bottom: 400 });
  assert.deepEqual([0.1, 1, 10, 1000, 0.001, 5000].map((value) => Math.round(scale.y(value))), [400, 300, 200, 0, 400, 0]);
  assert.deepEqual(scale.ticks(), [0.1, 1, 10, 100, 1000]);
  assert.deepEqual(new LogScale(50, 2000, { top: 0, bottom: 1 }).ticks(), [50, 100, 200, 500, 1000, 2000]);
  assert.deepEqual([60, 100, 99, 7, 0.3].map(roundBelow), [50, 100, 50, 5, 0.2]);
  assert.deepEqual([60, 100, 501, 3000, 0.3].map((value) => Number(roundAbove(value).toFixed(6))), [100, 100, 1000, 5000, 0.5]);
});

test("the pictures have the same texts in both languages, under their own name", () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  const places = (sentence) => (sentence.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(en)) {
    assert.match(key, /^plot\./);
    assert.deepEqual(places(zh[key]), places(en[key]), key);
  }
});
