import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, nearest } from "../../main/resources/web/lab/plots/columns.js";
import { pushApart } from "../../main/resources/web/lab/plots/labels.js";
import { LogScale, roundAbove, roundBelow } from "../../main/resources/web/lab/plots/scale.js";
import { Series } from "../../main/resources/web/lab/plots/series.js";
import { en } from "../../main/resources/web/lab/plots/text.en.js";
import { zh } from "../../main/resources/web/lab/plots/text.zh.js";

test("labels are pushed apart no more than need be, and stay inside", () => {
  const edges = { top: 0, bottom: 200 };
  assert.deepEqual(pushApart([20, 100, 180], 16, edges), [20, 100, 180]);
  assert.deepEqual(pushApart([100, 100], 16, edges), [92, 108]);
  assert.deepEqual(pushApart([200, 200, 0], 16, edges), [176, 192, 8]);
  assert.deepEqual(pushApart([101, 99], 16, edges), [92, 108]);
  let seed = 42;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 500; round++) {
    const wanted = Array.from({ length: 5 }, () => random() * 200);
    const places = pushApart(wanted, 16, edges);
    const sorted = [...places].sort((one, other) => one - other);
    sorted.forEach((place, index) => assert.ok(index === 0 || place - sorted[index - 1] > 15.99, `${wanted}: ${places}`));
    assert.ok(sorted[0] >= 7.99 && sorted[4] <= 192.01, `${wanted}: ${places}`);
    wanted.forEach((one, at) => wanted.forEach((other, next) => assert.ok(one <= other + 10 || places[at] > places[next])));
  }
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

test("a column holds the middle and the range, and ends where the line breaks", () => {
  const series = new Series(100);
  [[1000, 5], [1010, 1], [1020, 9], [1030, 4, true], [1040, 6], [1250, 2]].forEach((value) => series.push(...value));
  const all = columns(series, 1000, 100);
  assert.deepEqual(
    all.map(({ low, middle, high, isBreak }) => [low, middle, high, isBreak]),
    [[1, 5, 9, false], [4, 6, 6, true], [2, 2, 2, false]],
  );
  assert.equal(all[0].time, 1010);
  assert.equal(columns(series, 1200, 100).length, 1);
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
