import { MARKS } from "../marks.js";

const SVG = "http://www.w3.org/2000/svg";

/** The outlines of the points, around 0, 0. */
const OUTLINES = {
  circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
  square: "M-3.5-3.5h7v7h-7z",
  triangle: "M0-4.8 4.6 3.4h-9.2z",
  diamond: "M0-5.2 5.2 0 0 5.2-5.2 0z",
  cross: "M-3.8-3.8 3.8 3.8M-3.8 3.8 3.8-3.8",
};

const PATHS = new Map(Object.entries(OUTLINES).map(([shape, outline]) => [shape, new Path2D(outline)]));

/** Draws a transport's point, with a rim of the ground, so that it stands out from the lines that cross it. */
export function drawPoint(context, transport, { x, y, colour, ground }) {
  const { shape } = MARKS[transport];
  const path = PATHS.get(shape);
  const isOpen = shape === "cross"; // has no inside to fill
  context.save();
  context.translate(x, y);
  context.setLineDash([]);
  stroke(context, path, ground, isOpen ? 5 : 2.5);
  if (isOpen) {
    stroke(context, path, colour, 2);
  } else {
    context.fillStyle = colour;
    context.fill(path);
  }
  context.restore();
}

function stroke(context, path, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}

/** A transport's line with its point, as a legend shows it. */
export function sample(transport) {
  const { css, dash, shape } = MARKS[transport];
  const at = { d: OUTLINES[shape], transform: "translate(20 7)" };
  const svg = element("svg", { class: "plot-sample", viewBox: "0 0 40 14", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" });
  svg.append(
    element("path", { class: "plot-sample-line", d: "M0 7h40", "stroke-dasharray": dash.join(" ") || "none" }),
    element("path", { class: "plot-sample-rim", "data-shape": shape, ...at }),
    element("path", { class: "plot-sample-point", "data-shape": shape, ...at }),
  );
  svg.style.setProperty("--mark", `var(${css})`);
  return svg;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}
