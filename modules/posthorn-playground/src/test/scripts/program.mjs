// Runs the project's scripts the way a person does: as programs, with their output and their exit code.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../../..", import.meta.url));

// The first start may have to build and to prepare the class archive.
const START_TIMEOUT_MS = 180_000;

/** Runs to the end; resolves to { code, out, err }. */
export function run(script, args, { cwd = root, env = {} } = {}) {
  const program = launch(script, args, { cwd, env });
  return program.ended.then((code) => ({ code, out: program.out, err: program.err }));
}

/** Starts a server for one test, on a free port; resolves once it says where it listens. */
export async function start(test, command = []) {
  const args = [...command, "--host", "127.0.0.1", "--port", "0"];
  const program = launch("./posthorn", args, { cwd: root, env: {} });
  test.after(() => program.child.kill("SIGKILL"));
  program.url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`does not listen: ${program.err}`)), START_TIMEOUT_MS);
    program.child.stdout.on("data", () => {
      const address = /listening on (http:\S+)\n/.exec(program.out);
      if (address) {
        clearTimeout(timer);
        resolve(address[1]);
      }
    });
    program.ended.then((code) => reject(new Error(`ended with ${code}: ${program.err}`)));
  });
  return program;
}

/** Makes a folder with every program of the PATH in it but Node.js and what comes with that. */
export function pathWithoutNode(folder) {
  mkdirSync(folder);
  const seen = new Set(["node", "nodejs", "npm", "npx"]);
  for (const from of process.env.PATH.split(delimiter).filter(existsSync)) {
    for (const name of readdirSync(from).filter((program) => !seen.has(program))) {
      seen.add(name);
      symlinkSync(join(from, name), join(folder, name));
    }
  }
  return folder;
}

function launch(script, args, { cwd, env }) {
  const child = spawn(script, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const program = { child, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (program.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (program.err += text));
  program.ended = new Promise((resolve) => {
    // A program that a signal ends has no code; shells call that 128 and the signal's number.
    child.on("close", (code, signal) => resolve(code ?? { SIGINT: 130, SIGTERM: 143 }[signal] ?? signal));
  });
  return program;
}
