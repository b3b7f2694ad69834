// The peer ws: /echo sends each message back, /fanout each text to all, as the package's documentation does it.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { listen } from "./listen.mjs";

const options = { noServer: true, perMessageDeflate: false };
const echo = new WebSocketServer({ ...options, clientTracking: false });
const fanout = new WebSocketServer(options);

echo.on("connection", (webSocket) => {
  webSocket.on("message", (data, isBinary) => webSocket.send(data, { binary: isBinary }));
});

fanout.on("connection", (webSocket) => {
  webSocket.on("message", (data, isBinary) => {
    for (const client of fanout.clients) {
      client.send(data, { binary: isBinary });
    }
  });
});

const http = createServer();
http.on("upgrade", (request, socket, head) => {
  const server = request.url.startsWith("/echo") ? echo : fanout;
  server.handleUpgrade(request, socket, head, (webSocket) => server.emit("connection", webSocket));
});

listen("ws", http);
