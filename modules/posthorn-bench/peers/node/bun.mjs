// The peer Bun, whose server is uWebSockets (C++): /echo sends each message back, /fanout publishes each text to a topic.
const port = Number(process.argv[process.argv.indexOf("--port") + 1]);
const topic = "everybody";

const server = globalThis.Bun.serve({
  hostname: "127.0.0.1",
  port,
  fetch(request, self) {
    const { pathname } = new URL(request.url);
    return self.upgrade(request, { data: { pathname } }) ? undefined : new Response("bench\n");
  },
  websocket: {
    perMessageDeflate: false,
    open(webSocket) {
      if (webSocket.data.pathname === "/fanout") {
        webSocket.subscribe(topic);
      }
    },
    message(webSocket, message) {
      if (webSocket.data.pathname === "/fanout") {
        server.publish(topic, message);
      } else {
        webSocket.send(message);
      }
    },
  },
});

process.stdout.write(`bun is listening on ${server.port}\n`);
