/** A canvas that fills its box and has a pixel of its own for each of the screen's. */
export class Surface {
  #canvas;
  #ratio = 0;
  width = 0; // in CSS pixels
  height = 0;

  /** @param onResize called when the box has another size */
  constructor(canvas, onResize) {
    this.#canvas = canvas;
    new ResizeObserver(([{ contentRect }]) => {
      this.width = contentRect.width;
      this.height = contentRect.height;
      this.#ratio = 0;
      onResize();
    }).observe(canvas);
  }

  /** The context, emptied, in which one unit is one CSS pixel. */
  begin() {
    if (this.#ratio !== window.devicePixelRatio) {
      this.#fit(window.devicePixelRatio);
    }
    const context = this.#canvas.getContext("2d");
    context.setTransform(this.#canvas.width / this.width, 0, 0, this.#canvas.height / this.height, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    return context;
  }

  // The density changes when the reader zooms, or moves the window to another screen.
  #fit(ratio) {
    this.#ratio = ratio;
    this.#canvas.width = Math.round(this.width * ratio);
    this.#canvas.height = Math.round(this.height * ratio);
  }
}
