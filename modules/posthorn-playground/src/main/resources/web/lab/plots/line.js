import { MARKS } from "../marks.js";
import { columns, span } from "./columns.js";
import { drawPoint } from "./shapes.js";
import { Series } from "./series.js";

/** A minute at 50 a second, and what comes at once after an interruption. */
const CAPACITY = 4096;

/** Pixels between two points of a line, where there are more values than that. */
const POINTS_APART = 30;

/** How strong the shade of many messages is, in a line that is pointed at and in another one. */
const SHADE = { pointed: 0.22, other: 0.06 };

const SINGLE = { radius: 1.5, strength: 0.5 };

/** Of the columns, the share at either end that may lie beyond the axis. */
const OUTLIERS = 0.02;

/** Columns further apart than this and their width, in ms, have no shade between them: nothing came there. */
const REACH = 2000;

/** A transport's line in a figure. Where the line is the middle of many values, their range is the shade around it. */
export class Line {
  series = new Series(CAPACITY);
  columns = [];
  #transport;
  #width = 0;
  // The first column that was drawn, and how far into the dashes: what was drawn keeps its dashes as it moves on.
  #dashes = { time: null, offset: 0 };

  constructor(transport) {
    this.#transport = transport;
  }

  clear() {
    this.series.clear();
    this.columns = [];
  }

  /** Gathers what is to be drawn: from the last column before `from` on, so that the line comes in over the edge. */
  gather(from, width) {
    const reach = Math.min(this.#dashes.time ?? from, from);
    this.columns = columns(this.series, width === this.#width ? reach - width : from - width, width);
    this.#width = width;
  }

  /** The last column in view, or null. */
  last(from) {
    const last = this.columns.at(-1);
    return last && last.time >= from ? last : null;
  }

  /** `{low, high}` of what is in view, but for outliers; null where nothing is. */
  range(from) {
    const inView = this.columns.filter(({ time }) => time >= from);
    return inView.length === 0 ? null : span(inView, OUTLIERS);
  }

  drawRange(context, { x, scale, colour, isPointed, strength }) {
    context.fillStyle = colour;
    for (const part of this.#parts()) {
      if (part.some(({ low, high }) => scale.y(low) - scale.y(high) > 3)) {
        context.globalAlpha = strength * (isPointed ? SHADE.pointed : SHADE.other);
        context.beginPath();
        part.forEach(({ time, high }) => context.lineTo(x(time), scale.y(high)));
        part.toReversed().forEach(({ time, low }) => context.lineTo(x(time), scale.y(low)));
        context.fill();
        context.globalAlpha = 1;
      }
    }
  }

  /** Single messages, each a small faint point: what the line is the middle of. */
  drawSingles(context, { x, scale, colour, strength }) {
    const path = new Path2D();
    for (const { time, value } of this.columns.flatMap(({ singles }) => singles)) {
      const [across, up] = [x(time), scale.y(value)];
      path.moveTo(across + SINGLE.radius, up);
      path.arc(across, up, SINGLE.radius, 0, 2 * Math.PI);
    }
    context.globalAlpha = strength * SINGLE.strength;
    context.fillStyle = colour;
    context.fill(path);
    context.globalAlpha = 1;
  }

  /** Where the line is beyond the axis, an arrowhead at its edge. */
  drawOutside(context, { x, scale, colour, strength }) {
    context.fillStyle = colour;
    context.globalAlpha = strength;
    for (const { time, middle } of this.columns.filter(({ middle }) => !scale.holds(middle))) {
      const up = middle > scale.high ? -1 : 1;
      const [across, edge] = [x(time), scale.y(middle)];
      context.beginPath();
      context.moveTo(across - 3.5, edge + 2 * up);
      context.lineTo(across + 3.5, edge + 2 * up);
      context.lineTo(across, edge + 7 * up);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  drawLine(context, { x, left, scale, colour, ground, strength }) {
    const points = this.columns.map(({ time, middle, isBreak }) => ({ time, isBreak, x: x(time), y: scale.y(middle) }));
    const start = this.#begin(points, left);
    const path = new Path2D();
    points.slice(start).forEach((point, index) => (index === 0 || point.isBreak ? path.moveTo(point.x, point.y) : path.lineTo(point.x, point.y)));
    context.lineJoin = "round";
    context.setLineDash(MARKS[this.#transport].dash);
    context.lineDashOffset = this.#dashes.offset;
    context.globalAlpha = strength;
    context.strokeStyle = ground;
    context.lineWidth = 4;
    context.stroke(path);
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.stroke(path);
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** @param shift part of the distance between points by which these are put off, so that those of other lines lie between */
  drawPoints(context, { x, msPerPixel, scale, colour, ground, shift, strength }) {
    const apart = POINTS_APART * msPerPixel;
    let place = null;
    context.globalAlpha = strength;
    this.columns.forEach(({ time, middle, isBreak }, index) => {
      const here = Math.floor(time / apart + shift);
      const isAlone = isBreak && (this.columns[index + 1]?.isBreak ?? true);
      if (here !== place || isAlone) {
        drawPoint(context, this.#transport, { x: x(time), y: scale.y(middle), colour, ground });
      }
      place = here;
    });
    context.globalAlpha = 1;
  }

  // Where in the points the line begins; moves the dashes on by what went out of the picture.
  #begin(points, left) {
    const inside = points.findIndex((point) => point.x >= left);
    const start = inside === -1 ? Math.max(points.length - 1, 0) : Math.max(inside - 1, 0);
    const before = points.findIndex(({ time }) => time === this.#dashes.time);
    let offset = before === -1 ? 0 : this.#dashes.offset;
    for (let at = before + 1; before !== -1 && at <= start; at++) {
      const [one, next] = [points[at - 1], points[at]];
      offset = next.isBreak ? 0 : offset + Math.hypot(next.x - one.x, next.y - one.y);
    }
    this.#dashes = { time: points[start]?.time ?? null, offset };
    return start;
  }

  #parts() {
    const parts = [];
    for (const column of this.columns) {
      const before = parts.at(-1)?.at(-1);
      if (!before || column.isBreak || column.time - before.time > REACH + this.#width) {
        parts.push([]);
      }
      parts.at(-1).push(column);
    }
    return parts;
  }
}
