/**
 * How each transport is marked, everywhere the same: a letter, a shape and a line's dashes for those who see no colours
 * apart, and the CSS variable with its colour.
 */
export const MARKS = {
  "short-polling": { letter: "S", shape: "circle", dash: [], css: "--short-polling" },
  "long-polling": { letter: "L", shape: "square", dash: [8, 4], css: "--long-polling" },
  iframe: { letter: "I", shape: "triangle", dash: [2, 3], css: "--iframe" },
  "event-source": { letter: "E", shape: "diamond", dash: [10, 3, 2, 3], css: "--event-source" },
  websocket: { letter: "W", shape: "cross", dash: [5, 2], css: "--websocket" },
};

export const TRANSPORTS = Object.keys(MARKS);
