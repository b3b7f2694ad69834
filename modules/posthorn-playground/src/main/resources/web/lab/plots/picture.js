import { MARKS } from "../marks.js";
import { drawAges, drawTicks } from "./axes.js";
import { nearest } from "./columns.js";
import { drawEnds } from "./ends.js";
import { drawEvents } from "./events.js";
import { drawPoint } from "./shapes.js";

/** What a picture shows, in ms. */
export const SPAN = 60_000;

/** Narrower than this, a line's label is its letter. */
const ROOM_FOR_NAMES = 460;

/** How strong the other lines are while one is pointed at. */
const FAINT = 0.25;

const TOP = 40;
const BOTTOM = 26;
const GAP = 8;

/**
 * Draws a figure: time runs to the right edge, which is now; values run up, on a logarithmic scale.
 *
 * @param surface the `Surface` to draw on
 * @param lines the `Line` of each transport that is shown, by its name
 * @param order of the labels at their ends, a `LabelOrder`
 * @param pointed the transport whose line is pointed at, or null
 * @param hasSingles whether the values are those of single messages
 * @param scaleBetween gives the scale between two heights
 * @param events what happened: `[{time, end, text}]`
 * @param age how many ms ago the reader points at, or null
 * @param words `tick(value)`, `age(seconds)` and `name(transport)` give texts, `unit` stands above the values, `empty` where there are none
 * @param colours `ground`, `ink`, `muted`, `line`, `shade`, and one for each transport; `font` is the family of the type
 */
export function draw(surface, { now, lines, order, pointed, hasSingles, scaleBetween, events, age, words, colours, font }) {
  const { width, height } = surface;
  const context = surface.begin();
  context.font = `12px ${font}`;
  context.textBaseline = "middle";
  const scale = scaleBetween({ top: TOP, bottom: height - BOTTOM });
  const label = (name) => (width < ROOM_FOR_NAMES ? MARKS[name].letter : words.name(name));
  const wide = (texts) => Math.ceil(Math.max(...texts.map((text) => context.measureText(text).width)));
  const left = wide([...scale.ticks().map(words.tick), words.unit]) + GAP;
  const right = width - wide(Object.keys(MARKS).map(label)) - 3 * GAP;
  const msPerPixel = SPAN / (right - left);
  const x = (time) => right - (now - time) / msPerPixel;
  const view = { left, right, top: TOP, bottom: height - BOTTOM, width, now, from: now - SPAN, msPerPixel, x, scale, order, pointed, hasSingles, words, colours, label };
  drawTicks(context, view);
  drawAges(context, view);
  drawEvents(context, events, view);
  drawLines(context, lines, view);
  drawEmptiness(context, lines, view);
  drawEnds(context, lines, view);
  if (age !== null) {
    drawPointed(context, lines, now - age, view);
  }
  return view;
}

function drawLines(context, lines, view) {
  const { left, right, top, bottom, colours, pointed, hasSingles } = view;
  // The one with the most room between its dashes comes last, so that those which coincide are seen through it.
  const styled = [...lines].reverse().map(([name, line], index) => {
    const isPointed = name === pointed;
    const strength = isPointed || pointed === null ? 1 : FAINT;
    return { line, isPointed, style: { ...view, colour: colours[name], ground: colours.ground, shift: (0.4 * index) % 1, isPointed, strength } };
  });
  styled.sort((one, other) => Number(one.isPointed) - Number(other.isPointed));
  context.save();
  context.beginPath();
  context.rect(left, top - GAP, right - left + GAP, bottom - top + 2 * GAP);
  context.clip();
  styled.forEach(({ line, style }) => line.drawRange(context, style));
  if (hasSingles) {
    styled.forEach(({ line, style }) => line.drawSingles(context, style));
  }
  styled.forEach(({ line, style }) => line.drawLine(context, style));
  styled.forEach(({ line, style }) => line.drawPoints(context, style));
  styled.forEach(({ line, style }) => line.drawOutside(context, style));
  context.restore();
}

function drawEmptiness(context, lines, { from, left, right, top, bottom, words, colours }) {
  if (![...lines.values()].some((line) => line.last(from))) {
    context.fillStyle = colours.muted;
    context.textAlign = "center";
    context.fillText(words.empty, (left + right) / 2, (top + bottom) / 2 - 12);
  }
}

function drawPointed(context, lines, time, { x, top, bottom, scale, colours }) {
  context.strokeStyle = colours.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x(time), top);
  context.lineTo(x(time), bottom);
  context.stroke();
  for (const [name, line] of lines) {
    const column = nearest(line.columns, time);
    if (column) {
      const at = { x: x(column.time), y: scale.y(column.middle) };
      context.lineWidth = 1.5;
      context.beginPath();
      context.arc(at.x, at.y, 7.5, 0, 2 * Math.PI);
      context.stroke();
      drawPoint(context, name, { ...at, colour: colours[name], ground: colours.ground });
    }
  }
}

/** How many ms a column holds in a picture of this width: four pixels, in a round number. */
export function columnWidth(width) {
  return Math.max(100, Math.ceil((SPAN / Math.max(width - 130, 100)) * 0.04) * 100);
}
