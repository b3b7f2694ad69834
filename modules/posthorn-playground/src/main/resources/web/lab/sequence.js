import { h } from "../site/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [180, 172];
const [PAGE, SERVER] = [10, 164]; // where the two lines of life stand
const [BEGIN, END] = [14, HEIGHT - 2];
const SLANT = 4;
const PUBLISHED = [60, 102, 144]; // the same three messages in all five drawings, at the same heights

const toServer = (y, word) => ({ y, word, isUp: true });
const toPage = (y, word = "message") => ({ y, word });
const MESSAGES = PUBLISHED.map((y) => toPage(y));

/** What passes between page and server, from top to bottom; `held` are the times in which a connection is taken. */
const STORIES = {
  "short-polling": {
    held: [[24, 46], [66, 88], [108, 130]],
    waiting: [[60, 84], [102, 126], [144, END]],
    arrows: [toServer(24, "request"), toPage(42, "nothing"), toServer(66, "request"), toPage(84), toServer(108, "request"), toPage(126)],
  },
  "long-polling": {
    held: [[24, 64], [78, 106], [120, 148], [162, END]],
    word: "held",
    arrows: [toServer(24, "request"), ...MESSAGES, ...[78, 120, 162].map((y) => toServer(y, "request"))],
  },
  iframe: { held: [[24, END]], word: "open", arrows: [toServer(24, "request"), ...MESSAGES] },
  "event-source": { held: [[24, END]], word: "open", arrows: [toServer(24, "request"), ...MESSAGES] },
  websocket: {
    held: [[24, END]],
    word: "open",
    arrows: [toServer(24, "handshake"), ...MESSAGES, ...[81, 123].map((y) => toServer(y, "own"))],
  },
};

/**
 * Who asks, who holds, and when the messages pass: a transport's drawing, in which time runs downwards. All have the same
 * scale and the same three messages, so that they can be compared at a glance.
 */
export function sequence(name) {
  const { held, waiting = [], word, arrows } = STORIES[name];
  return svg(
    "svg",
    { class: "sequence", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "data-label": `${name}.drawing` },
    held.map(([from, to]) => svg("rect", { class: "held", x: PAGE, y: from, width: SERVER - PAGE, height: to - from })),
    [PAGE, SERVER].map((x) => line("life", x, BEGIN, x, END)),
    label("page", 0, 10, "start"),
    label("server", WIDTH, 10, "end"),
    word ? label(word, (PAGE + SERVER) / 2, 42, "middle") : [],
    waiting.map(([from, to]) => line("waits", SERVER + 8, from, SERVER + 8, to)),
    PUBLISHED.map((y) => svg("circle", { class: "published", cx: SERVER + 8, cy: y, r: 3 })),
    arrows.map(arrow),
  );
}

function arrow({ y, word, isUp }) {
  const [from, to, back] = isUp ? [PAGE, SERVER, -7] : [SERVER, PAGE, 7];
  const end = y + SLANT;
  return svg(
    "g",
    { class: `arrow ${word}` },
    line("way", from, y, to + back / 2, end),
    svg("path", { class: "tip", d: `M${to} ${end}l${back} -3.5v7z` }),
    label(word, (PAGE + SERVER) / 2, y - 2, "middle"),
  );
}

function label(word, x, y, anchor) {
  return svg("text", { class: `word ${word}`, x, y, "text-anchor": anchor, "data-text": `drawing.${word}` });
}

function line(name, x1, y1, x2, y2) {
  return svg("line", { class: name, x1, y1, x2, y2 });
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children.flat());
  return element;
}

/** How to read the drawings. */
export function legend() {
  return h("p", { class: "reading", "data-text": "drawing.legend" });
}
