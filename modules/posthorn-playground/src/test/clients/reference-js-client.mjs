// The profile js-client on Node's socket.io.
import { Server } from "socket.io";

const BYTES = Buffer.from("asdfasdf");
const UTF8 = ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"];

export function serveJsClient(server) {
  const io = new Server(server, {
    pingInterval: 2_000,
    connectionStateRecovery: {},
    allowRequest: (incoming, accept) => setTimeout(accept, 10, null, true),
  });
  ["/timeout_socket", "/valid", "/asd"].forEach((name) => io.of(name));
  io.of("/foo").on("connection", (socket) => socket.on("getId", (done) => done(socket.id)));
  io.of("/abc").on("connection", (socket) => socket.emit("handshake", socket.handshake));
  io.of("/no").use((socket, next) => next(new Error("Auth failed (custom namespace)")));
  io.use((socket, next) => next(socket.handshake.query.fail ? new Error("Auth failed (main namespace)") : undefined));
  io.on("connection", (socket) => {
    replies(socket);
    binaryReplies(socket);
  });
}

function replies(socket) {
  socket.on("hi", () => socket.emit("hi"));
  socket.on("echo", (value, done) => done(value));
  socket.on("getId", (done) => done(socket.id));
  socket.on("getHandshake", (done) => done(socket.handshake));
  socket.on("getAckDate", (value, done) => done(new Date()));
  socket.on("getDate", () => socket.emit("takeDate", new Date()));
  socket.on("getDateObj", () => socket.emit("takeDateObj", { date: new Date() }));
  socket.on("false", () => socket.emit("false", false));
  socket.on("getUtf8", () => UTF8.forEach((text) => socket.emit("takeUtf8", text)));
  socket.on("ack", () => {
    socket.emit("ack", (number, object) => {
      if (number === 5 && object.test === true) {
        socket.emit("got it");
      }
    });
  });
}

function binaryReplies(socket) {
  const isMessage = ({ hello, message, goodbye }) => hello === "lol" && Buffer.isBuffer(message) && goodbye === "gotcha";
  const seen = [];
  const see = (name, isRight = Buffer.isBuffer) => socket.on(name, (value) => isRight(value) && seen.push(name));
  const reply = (name, answer, isRight) => socket.on(name, (value) => isRight(value) && socket.emit(answer));

  socket.on("doge", () => socket.emit("doge", BYTES));
  socket.on("getbin", () => socket.emit("takebin", BYTES));
  reply("buffa", "buffack", Buffer.isBuffer);
  reply("jsonbuff", "jsonbuff-ack", isMessage);
  reply("blob", "back", Buffer.isBuffer);
  reply("jsonblob", "jsonblob-ack", isMessage);
  see("abuff1");
  reply("abuff2", "abuff2-ack", () => seen.includes("abuff1"));
  see("blob1");
  see("blob2", (text) => text === "second" && seen.includes("blob1"));
  reply("blob3", "blob3-ack", () => seen.includes("blob2"));
}
