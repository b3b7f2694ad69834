// The peer socket.io: its own engine, without compression and without serving its client.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { listen } from "./listen.mjs";

const http = createServer();
const io = new Server(http, {
  transports: ["websocket", "polling"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});

// What its documentation advises against memory: the first request is not held for the life of the connection.
io.engine.on("connection", (connection) => {
  connection.request = null;
});

io.on("connection", (socket) => {
  socket.on("echo", (text) => socket.emit("echo", text));
  socket.on("publish", (text) => io.emit("message", text));
  socket.on("join", (room) => socket.join(room));
  socket.on("publish-to", (room, text) => io.to(room).emit("message", text));
});

listen("socket.io", http);
