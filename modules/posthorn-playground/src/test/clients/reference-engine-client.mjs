// The profile engine-client on Node's engine.io.
import { attach } from "engine.io";

export function serveEngineClient(server) {
  const engine = attach(server, {
    path: "/engine.io",
    pingInterval: 500,
    maxHttpBufferSize: 100,
    allowRequest: ({ url }, accept) => accept(null, !url.includes("deny")),
  });
  engine.on("connection", (socket) => {
    socket.send("hi");
    socket.on("message", (message) => socket.send(answer(message, socket)));
  });
  engine.on("initial_headers", (headers) => {
    headers["set-cookie"] = [
      "1=1; Max-Age=86400",
      "2=2; Path=/; HttpOnly; Secure; SameSite=Strict",
      "3=3; Max-Age=0",
      `4=4; Expires=${new Date().toUTCString()}`,
    ];
  });
}

function answer(message, socket) {
  switch (message) {
    case "give binary":
      return Buffer.of(0, 1, 2, 3, 4);
    case "give utf8":
      return "пойду спать всем спокойной ночи";
    case "sendHeaders":
      return JSON.stringify(socket.transport.dataReq?.headers);
    default:
      return message;
  }
}
