import assert from "node:assert/strict";
import { openView } from "./lab-fake.mjs";

export const TRANSPORTS = ["short-polling", "long-polling", "iframe", "event-source", "websocket"];

const PLOTS = { file: "/lab/plots/plots.js", name: "Plots", texts: "/lab/plots" };

/** Opens the pictures of a lab that does not run, and closes them after `body(page)`. */
export async function withPlots(browser, settings, body) {
  const { page, complaints, context } = await openView(browser, PLOTS, settings);
  await page.evaluate(readPictures);
  await body(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

/** Lets every transport have a message a second for a minute, the last one at `clock.now`; latencies in ms, by transport. */
export function minute(page, latencies = [500, 2, 0.6, 0.9, 0.3], bytes = [880, 790, 230, 150, 90]) {
  return page.evaluate(
    ({ names, latencies, bytes }) => {
      const { lab, clock } = window;
      const end = clock.now;
      for (let time = end - 62_000; time <= end; time += 1000) {
        clock.now = time;
        names.forEach((reader, index) => {
          lab.tell("message", { reader, transport: reader, arrivedAt: time, latency: latencies[index], size: 32, afterBreak: false });
          lab.tell("counts", { reader, bytes: bytes[index], messages: 1 });
        });
      }
    },
    { names: TRANSPORTS, latencies, bytes },
  );
}

// Runs in the page: gives the pixels of a picture, or of a part of it, and the bytes of a colour.
export function readPictures() {
  window.picture = (plot, { x = 0, y = 0, width, height } = {}) => {
    const canvas = document.querySelector(`[data-plot=${plot}] canvas`);
    const copy = Object.assign(document.createElement("canvas"), { width: width ?? canvas.width - x, height: height ?? canvas.height - y });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, -x, -y);
    return context.getImageData(0, 0, copy.width, copy.height);
  };
  window.colour = (css) => {
    const value = getComputedStyle(document.body).getPropertyValue(css).trim();
    return [1, 3, 5].map((at) => parseInt(value.slice(at, at + 2), 16));
  };
}

/**
 * How many pixels of a figure have exactly a transport's colour, in the part of its width from `begin` to `end`; waits
 * for the picture to be drawn anew before it looks.
 */
export async function pixels(page, plot, transport, { begin = 0, end = 1 } = {}) {
  await drawn(page);
  return page.evaluate(
    ({ plot, transport, begin, end }) => {
      const canvas = document.querySelector(`[data-plot=${plot}] canvas`);
      const [red, green, blue] = window.colour(`--${transport}`);
      const x = Math.round(canvas.width * begin);
      const { data } = window.picture(plot, { x, width: Math.round(canvas.width * end) - x });
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        count += Number(data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255);
      }
      return count;
    },
    { plot, transport, begin, end },
  );
}

// Both pictures are emptied, one after the other, before they are drawn.
export async function drawn(page) {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const { clearRect } = CanvasRenderingContext2D.prototype;
        let left = 4;
        CanvasRenderingContext2D.prototype.clearRect = function (...box) {
          clearRect.apply(this, box);
          if (--left === 0) {
            CanvasRenderingContext2D.prototype.clearRect = clearRect;
            requestAnimationFrame(resolve);
          }
        };
        window.view?.render();
      }),
  );
}
