/**
 * How each transport is marked, everywhere the same: a letter, a shape and a line's dashes for those who see no colours
 * apart, and the CSS variable with its colour. The dashes say how much of a connection is held: dots for one that asks
 * now and then, an unbroken line for a WebSocket.
 */
export const MARKS = {
  "short-polling": { letter: "S", shape: "circle", dash: [2, 3], css: "--short-polling" },
  "long-polling": { letter: "L", shape: "square", dash: [8, 4], css: "--long-polling" },
  iframe: { letter: "I", shape: "triangle", dash: [10, 3, 2, 3], css: "--iframe" },
  "event-source": { letter: "E", shape: "diamond", dash: [5, 2], css: "--event-source" },
  websocket: { letter: "W", shape: "cross", dash: [], css: "--websocket" },
};

export const TRANSPORTS = Object.keys(MARKS);
