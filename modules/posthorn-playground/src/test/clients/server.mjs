// The server that a suite runs against: the one that a variable names (POSTHORN_PROTOCOL_URL, POSTHORN_JS_CLIENT_URL,
// POSTHORN_ENGINE_CLIENT_URL), with TARGET=reference Node's own in a worker, else `./posthorn conformance`.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { start } from "../scripts/program.mjs";

export const isReference = process.env.TARGET === "reference";

/** Resolves to { url, stop() }; the url ends with a slash. */
export async function serve(profile) {
  const url = process.env[`POSTHORN_${profile.replaceAll("-", "_").toUpperCase()}_URL`];
  if (url) {
    return { url: new URL("/", url).href, stop() {} };
  }
  if (isReference) {
    const worker = new Worker(new URL("./reference.mjs", import.meta.url), { workerData: profile });
    const [address] = await once(worker, "message");
    return { url: address, stop: () => worker.terminate() };
  }
  const ends = [];
  const program = await start({ after: (end) => ends.push(end) }, ["conformance", "--profile", profile]);
  return { url: new URL("/", program.url).href, stop: () => ends.forEach((end) => end()) };
}
