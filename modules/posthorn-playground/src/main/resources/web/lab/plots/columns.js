const NEAR = 600; // ms

/** The line runs through the middle of so many messages at least, where as many came within REACH ms. */
const ENOUGH = 5;
const REACH = 5000;

/**
 * What of a series is drawn: its values gathered in columns of `width` ms. Columns stand on multiples of `width`, so that a
 * picture that moves on does not change what it has drawn.
 *
 * A column's `middle` is the median of its values, or of the last five where it has fewer. Where it has as many, `low` and
 * `high` are their range; where it has fewer they are the middle, and the values stand in `singles`.
 *
 * @returns `[{time, low, middle, high, singles: [{time, value}], isBreak}]`, oldest first
 */
export function columns(series, from, width) {
  const all = [];
  let index = series.indexFrom(Math.floor(from / width) * width);
  let part = partBegin(series, index);
  while (index < series.length) {
    const end = endOfColumn(series, index, width);
    part = series.isBreakAt(index) ? index : part;
    all.push(column(series, { part, begin: index, end }));
    index = end;
  }
  return all;
}

// How far back values belong to the same unbroken part, as far as that matters.
function partBegin(series, index) {
  let begin = index;
  while (begin > 0 && index - begin < ENOUGH && begin < series.length && !series.isBreakAt(begin)) {
    begin--;
  }
  return begin;
}

// A break ends a column, so that none holds values of both its sides.
function endOfColumn(series, begin, width) {
  const number = Math.floor(series.timeAt(begin) / width);
  let end = begin + 1;
  while (end < series.length && !series.isBreakAt(end) && Math.floor(series.timeAt(end) / width) === number) {
    end++;
  }
  return end;
}

function column(series, { part, begin, end }) {
  const isBreak = series.isBreakAt(begin);
  const sorted = valuesOf(series, Math.min(begin, reach(series, part, end)), end);
  const middle = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  const time = meanTime(series, begin, end);
  if (end - begin >= ENOUGH) {
    return { time, low: sorted[0], middle, high: sorted.at(-1), singles: [], isBreak };
  }
  const singles = [];
  for (let at = begin; at < end; at++) {
    singles.push({ time: series.timeAt(at), value: series.valueAt(at) });
  }
  return { time, low: middle, middle, high: middle, singles, isBreak };
}

// The first of the last five values before `end`, without those that are too old.
function reach(series, part, end) {
  const since = series.timeAt(end - 1) - REACH;
  let begin = end - 1;
  while (begin > Math.max(part, end - ENOUGH) && series.timeAt(begin - 1) > since) {
    begin--;
  }
  return begin;
}

function valuesOf(series, begin, end) {
  return Float64Array.from({ length: end - begin }, (_, at) => series.valueAt(begin + at)).sort();
}

function meanTime(series, begin, end) {
  const first = series.timeAt(begin);
  let sum = 0;
  for (let at = begin; at < end; at++) {
    sum += series.timeAt(at) - first;
  }
  return first + sum / (end - begin);
}

/** Of columns, the one nearest to a time, or null where none is near: in a gap there is nothing to tell. */
export function nearest(all, time) {
  const next = all.findIndex((each) => each.time >= time);
  const after = all[next] ?? null;
  const before = (next === -1 ? all.at(-1) : all[next - 1]) ?? null;
  const isJoined = before && after && !after.isBreak;
  const closest = !before || (after && after.time - time < time - before.time) ? after : before;
  return closest && (isJoined || Math.abs(closest.time - time) < NEAR) ? closest : null;
}

/** What the columns span, without the few highest and lowest, `{low, high}`: an outlier need not stretch an axis. */
export function span(all, share) {
  const sorted = (name) => all.map((column) => column[name]).sort((one, other) => one - other);
  const left = Math.floor(all.length * share);
  return { low: sorted("low")[left], high: sorted("high")[all.length - 1 - left] };
}
