import { en as shared } from "../site/text.en.js";

/** What the front page says in English; `backticks` mark code. */
export const en = {
  ...shared,
  "document.title": "Posthorn, the real-time server for Java",
  skip: "Skip to the pages",
  title: "The real-time server for Java",
  lead: "Posthorn carries messages between a server and browsers, on one port and from one `main`: a feed is read over any of five transports, and whoever was away gets what was missed.",
  doors: "What there is to see",
  "lab.title": "Transport lab",
  "lab.text": "See what each of the five ways costs: messages, bytes, requests and latency, side by side, over one clock of your own.",
  "frames.title": "WebSocket frames",
  "frames.text": "Type something, and see every frame that passes, bit by bit.",
  "transports.title": "Transports",
  "transports.text": "Each of the five as a small page that you can copy, beside its result.",
};
