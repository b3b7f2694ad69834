// A worker that serves one of the profiles of `./posthorn conformance` on Node's own engine.io and socket.io,
// so that it can be told whether a suite demands what they do.
import { attach } from "engine.io";
import { once } from "node:events";
import http from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { Server } from "socket.io";
import { serveEngineClient } from "./reference-engine-client.mjs";
import { serveJsClient } from "./reference-js-client.mjs";

const PROFILES = { protocol: serveProtocol, "js-client": serveJsClient, "engine-client": serveEngineClient };

const server = http.createServer(({ url }, response) => {
  response.writeHead(url === "/" ? 200 : 404, { "content-type": "text/plain" }).end(workerData);
});
PROFILES[workerData](server);
server.listen(0, "127.0.0.1");
await once(server, "listening");
parentPort.postMessage(`http://127.0.0.1:${server.address().port}/`);

function serveProtocol(server) {
  const timings = { pingInterval: 300, pingTimeout: 200, destroyUpgrade: false };

  const engine = attach(server, { ...timings, path: "/engine.io", maxHttpBufferSize: 1_000_000, cors: { origin: "*" } });
  engine.on("connection", (socket) => socket.on("data", (data) => socket.send(data)));

  const io = new Server(server, { ...timings, connectTimeout: 1_000, cors: { origin: "*" } });
  for (const name of ["/", "/custom"]) {
    io.of(name).on("connection", (socket) => {
      socket.emit("auth", socket.handshake.auth);
      socket.on("message", (...args) => socket.emit("message-back", ...args));
      socket.on("message-with-ack", (...args) => args.pop()(...args));
    });
  }
}
