import { parseArgs } from "node:util";

const BACKLOG = 4096;

/** Listens on 127.0.0.1, on the port that `--port N` names, and says so. */
export function listen(name, http) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
  http.listen({ host: "127.0.0.1", port: Number(values.port), backlog: BACKLOG }, () => {
    console.log(`${name} listening on port ${http.address().port}`);
  });
}
