/** Who listens to which events. */
export class Listeners {
  #all = [];

  add(type, listener) {
    this.#all.push({ type, listener });
  }

  /** One that fails is reported, and nobody else is the worse for it. */
  tell(type, event) {
    for (const each of this.#all) {
      if (each.type === type) {
        try {
          each.listener(event);
        } catch (failure) {
          reportError(failure);
        }
      }
    }
  }
}
