const NEAR = 600; // ms

/**
 * What of a series is drawn: its values gathered in columns of `width` ms, each with its middle value (the median) and
 * its range. Columns stand on multiples of `width`, so that a picture that moves on does not change what it has drawn.
 *
 * @returns `[{time, low, middle, high, isBreak}]`, oldest first
 */
export function columns(series, from, width) {
  const all = [];
  let index = series.indexFrom(Math.floor(from / width) * width);
  while (index < series.length) {
    const end = endOfColumn(series, index, width);
    all.push(column(series, index, end));
    index = end;
  }
  return all;
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

function column(series, begin, end) {
  const isBreak = series.isBreakAt(begin);
  const count = end - begin;
  if (count === 1) {
    const value = series.valueAt(begin);
    return { time: series.timeAt(begin), low: value, middle: value, high: value, isBreak };
  }
  const values = new Float64Array(count);
  let sum = 0;
  for (let at = 0; at < count; at++) {
    values[at] = series.valueAt(begin + at);
    sum += series.timeAt(begin + at) - series.timeAt(begin);
  }
  values.sort();
  const time = series.timeAt(begin) + sum / count;
  return { time, low: values[0], middle: values[count >> 1], high: values[count - 1], isBreak };
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
