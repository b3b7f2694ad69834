// What a server may do wrong. Each fault is made for one connection: it takes a text that is to be sent, and gives those that
// are sent instead.
const PROBE = "ffffffff";

/** By name; "none" is what is right. */
export const faults = {
  none: () => (text) => [text],
  drop: everyTenth(() => []),
  repeat: everyTenth((text) => [text, text]),
  reorder,
  padding: everyTenth((text) => [text.slice(0, -1) + "!"]),
  number: everyTenth((text) => [exchanged(text, 15)]),
  time: everyTenth((text) => [exchanged(text, 31)]),
  stream: everyTenth((text) => [exchanged(text, 0)]),
  short: everyTenth((text) => [text.slice(0, -1)]),
  long: everyTenth((text) => [text + "x"]),
  empty: everyTenth(() => [""]),
};

// Messages that only try whether a connection gets any are left alone.
function everyTenth(change) {
  return () => {
    let count = 0;
    return (text) => (!text.startsWith(PROBE) && ++count % 10 === 0 ? change(text) : [text]);
  };
}

function reorder() {
  let count = 0;
  let kept;
  return (text) => {
    if (text.startsWith(PROBE)) {
      return [text];
    }
    count++;
    if (count % 10 === 1) {
      kept = text;
      return [];
    }
    return count % 10 === 2 ? [text, kept] : [text];
  };
}

function exchanged(text, at) {
  return text.slice(0, at) + (text[at] === "0" ? "1" : "0") + text.slice(at + 1);
}
