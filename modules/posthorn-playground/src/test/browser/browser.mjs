import { chromium } from "playwright-core";

/** Where the playground listens; whoever runs the tests has started it. */
export const BASE_URL = process.env.POSTHORN_URL ?? "http://localhost:8000";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium with a new, empty profile, which is deleted when it ends; with more flags, if need be. */
export function launch(...flags) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...FLAGS, ...flags],
  });
}
