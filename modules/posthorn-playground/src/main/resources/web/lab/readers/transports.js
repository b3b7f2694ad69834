import { EventSourceReader } from "./event-source.js";
import { Iframe } from "./iframe.js";
import { LongPolling } from "./long-polling.js";
import { ShortPolling } from "./short-polling.js";
import { WebSocketReader } from "./websocket.js";

/** How each transport is opened: a function from a link to `{start(), stop()}`. */
export const TRANSPORTS = {
  "short-polling": (link) => new ShortPolling(link),
  "long-polling": (link) => new LongPolling(link),
  iframe: (link) => new Iframe(link),
  "event-source": (link) => new EventSourceReader(link),
  websocket: (link) => new WebSocketReader(link),
};
