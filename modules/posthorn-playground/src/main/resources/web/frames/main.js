import { byId } from "../site/dom.js";
import { Language } from "../site/language.js";
import { bindSettings } from "../site/settings.js";
import { closingSentence } from "./closing.js";
import { Connection } from "./connection.js";
import { decodeFrame, decodeRecord, hex } from "./frame.js";
import { exampleBytes, FrameView } from "./frame-view.js";
import { HandshakeView } from "./handshake-view.js";
import { Log } from "./log.js";
import { Newest } from "./newest.js";
import { binarySample, closeFault, sizeOf, textOf } from "./samples.js";
import { Seen } from "./seen.js";
import { Status } from "./status.js";
import { en } from "./text.en.js";
import { zh } from "./text.zh.js";
import { Timeline } from "./timeline.js";
import { Trail } from "./trail.js";

const ANSWER = "服务器说：";

const language = new Language({ en, zh });
bindSettings(language);
const log = new Log(byId("log"), language);
const seen = new Seen(byId("seen"), byId("seen-sum"), language);
const status = new Status(byId("status"), language);
const frameView = new FrameView(byId("frame"), language);
const handshakeView = new HandshakeView(
  {
    none: byId("handshake-none"),
    all: byId("heads"),
    request: byId("request"),
    response: byId("response"),
    steps: byId("steps"),
  },
  language,
);
const timeline = new Timeline(
  { list: byId("timeline"), none: byId("none"), follow: byId("follow") },
  language,
  (frame) => frameView.show(frame),
);
const newest = new Newest(byId("newest"), language);
const trail = new Trail();
const example = { fromClient: true, ...decodeFrame(exampleBytes()), kind: 1, part: null };
const awaited = []; // what was sent and has not come back, with the time
let lastState = "";
let fault = null;

const connection = new Connection({
  onState(state) {
    status.show(state);
    enableButtons(state.name);
    if (state.closing && lastState !== "closed") {
      log.note(...closingSentence(state.closing));
    }
    if (["open", "gone"].includes(state.name) && state.name !== lastState) {
      log.note(`log.${state.name}`);
    }
    if (state.name !== "connecting") {
      lastState = state.name;
    }
    if (state.name !== "open") {
      awaited.length = 0;
    }
  },
  onMessage(data) {
    const isText = typeof data === "string";
    const shown = isText ? data : hex(new Uint8Array(data));
    const bytes = isText ? sizeOf(data) : data.byteLength;
    const prefix = isText && data.startsWith(ANSWER) ? sizeOf(ANSWER) : 0;
    log.said("server", shown, { bytes, prefix, micros: roundTrip(shown) });
  },
  onHandshake(text) {
    trail.begin();
    handshakeView.show(text);
  },
  onFrame(bytes) {
    const frame = trail.add(decodeRecord(bytes));
    seen.add(frame);
    timeline.add(frame);
    newest.add(frame);
  },
});

function enableButtons(state) {
  const focused = document.activeElement;
  for (const button of document.querySelectorAll("[data-sends]")) {
    button.disabled = state !== "open";
  }
  const isAway = state === "closed" || state === "gone";
  byId("reconnect").disabled = !isAway;
  byId("again").hidden = !isAway;
  // A disabled button would drop the keyboard's place on the page.
  if (focused?.matches("button:disabled")) {
    (isAway ? byId("reconnect") : byId("words")).focus();
  }
}

function roundTrip(echo) {
  const next = awaited[0];
  const isEcho = next && (echo === next.shown || echo === ANSWER + next.shown);
  return isEcho ? Math.round((performance.now() - awaited.shift().at) * 1000) : null;
}

function say(data) {
  const isText = typeof data === "string";
  const shown = isText ? data : hex(data);
  awaited.push({ shown, at: performance.now() });
  connection.send(data);
  log.said("me", shown, { bytes: isText ? sizeOf(data) : data.length });
}

function closeBy(isServer) {
  const digits = byId("close-code").value.trim();
  const code = digits === "" ? null : Number(digits);
  const reason = byId("close-reason").value;
  fault = closeFault(code, reason, isServer);
  showFault();
  if (fault) {
    byId(fault === "close.fault.reason" ? "close-reason" : "close-code").focus();
  } else if (isServer) {
    connection.ask(`close ${code} ${reason}`);
  } else {
    connection.close(code, reason);
  }
}

function showFault() {
  byId("close-fault").textContent = fault ? language.text(fault) : "";
}

const actions = {
  text5: () => say(textOf(5)),
  text126: () => say(textOf(126)),
  text65536: () => say(textOf(65536)),
  binary: () => say(binarySample()),
  fragments() {
    log.note("log.fragments");
    connection.ask(`fragments ${language.text("sample.fragments")}`);
  },
  ping() {
    const text = language.text("sample.ping");
    log.note("log.ping", { text });
    connection.ask(`ping ${text}`);
  },
  serverClose: () => closeBy(true),
};

for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", actions[button.dataset.action]);
}

byId("say").addEventListener("submit", (event) => {
  event.preventDefault();
  if (connection.state.name === "open") {
    say(byId("words").value);
    byId("words").value = "";
  }
});

byId("closing").addEventListener("submit", (event) => {
  event.preventDefault();
  closeBy(false);
});

byId("closing").addEventListener("input", () => {
  fault = null;
  showFault();
});

for (const button of [byId("reconnect"), byId("again")]) {
  button.addEventListener("click", () => {
    byId("words").focus();
    connection.connect();
  });
}

window.addEventListener("online", () => {
  if (connection.state.name === "gone") {
    connection.connect();
  }
});

language.onChange(() => {
  const address = `${location.origin.replace(/^http/, "ws")}/echo`;
  byId("snippet").textContent = language.text("yours.snippet", { address });
  showFault();
  [log, seen, status, frameView, handshakeView, timeline, newest].forEach((view) => view.render());
});

// The column of the conversation may be taller than the window; it then stops where its end can be seen.
new ResizeObserver(([{ target }]) => target.style.setProperty("--height", `${target.offsetHeight}px`)).observe(byId("talk"));

frameView.show(example);
language.apply();
connection.connect();
