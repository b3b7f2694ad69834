import { MARKS } from "./marks.js";

const SVG = "http://www.w3.org/2000/svg";

const OUTLINES = {
  circle: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
  square: "M2.8 2.8h10.4v10.4h-10.4z",
  triangle: "M8 1.9l6.6 11.8h-13.2z",
  diamond: "M8 .8l7.2 7.2l-7.2 7.2l-7.2-7.2z",
  cross: "M3 1.2l5 5l5-5l1.8 1.8l-5 5l5 5l-1.8 1.8l-5-5l-5 5l-1.8-1.8l5-5l-5-5z",
};

// Shapes, so that a state can be told without its colour: a light, a broken ring, a cross, a light in two halves, bars, a dash.
const LIGHTS = {
  live: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
  connecting: "M8 1.5a6.5 6.5 0 0 1 6.5 6.5h-2.2a4.3 4.3 0 0 0-4.3-4.3zM8 14.5a6.5 6.5 0 0 1-6.5-6.5h2.2a4.3 4.3 0 0 0 4.3 4.3z",
  lost: OUTLINES.cross,
  cut: "M6.8 2.1v11.8a6 6 0 0 1 0-11.8zM9.2 2.1v11.8a6 6 0 0 0 0-11.8z",
  paused: "M3.5 2.5h3.2v11h-3.2zM9.3 2.5h3.2v11h-3.2z",
  off: "M2 7h12v2h-12z",
};

/** A transport's shape in its colour. */
export function mark(transport) {
  const { shape } = MARKS[transport];
  return picture("mark", OUTLINES[shape]);
}

/** A light that shows how a reader is, by its shape. */
export class Light {
  element = picture("light", LIGHTS.off);

  show(state) {
    this.element.dataset.state = state;
    this.element.firstChild.setAttribute("d", LIGHTS[state]);
  }
}

function picture(name, outline) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const attributes = { class: name, viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true", focusable: "false" };
  Object.entries(attributes).forEach(([key, value]) => svg.setAttribute(key, value));
  path.setAttribute("d", outline);
  svg.append(path);
  return svg;
}
