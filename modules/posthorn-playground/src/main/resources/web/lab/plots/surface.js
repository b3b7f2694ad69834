/** A canvas that fills its box and has a pixel of its own for each of the screen's. */
export class Surface {
  #canvas;
  #onResize;
  #ratio = 1;
  width = 0; // in CSS pixels
  height = 0;

  /** @param onResize called when the box has another size, or the screen another density */
  constructor(canvas, onResize) {
    this.#canvas = canvas;
    this.#onResize = onResize;
    const observer = new ResizeObserver(([entry]) => this.#resize(entry));
    try {
      observer.observe(canvas, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(canvas); // older Safari; the sizes are rounded below
    }
  }

  /** The context, emptied, in which one unit is one CSS pixel. */
  begin() {
    const context = this.#canvas.getContext("2d");
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    return context;
  }

  #resize({ contentRect, devicePixelContentBoxSize }) {
    const ratio = window.devicePixelRatio;
    const [exact] = devicePixelContentBoxSize ?? [];
    this.#canvas.width = exact?.inlineSize ?? Math.round(contentRect.width * ratio);
    this.#canvas.height = exact?.blockSize ?? Math.round(contentRect.height * ratio);
    this.width = contentRect.width;
    this.height = contentRect.height;
    this.#ratio = this.width === 0 ? ratio : this.#canvas.width / this.width;
    this.#onResize();
  }
}
