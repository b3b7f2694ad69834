/** A page runs no more streams than this at once, so that it leaves connections to others, itself in another tab included. */
const MAX_HELD = 2;

/** Lets panels run while they can be seen, those nearest to the middle of the window first. */
export class Schedule {
  #panels;
  #inView = new Set();

  constructor(panels) {
    this.#panels = panels;
    panels.forEach((panel) => panel.onChoice(() => this.#decide()));
  }

  begin() {
    const observer = new IntersectionObserver((entries) => this.#onView(entries), { threshold: [0, 0.5, 1] });
    this.#panels.forEach((panel) => observer.observe(panel.stage));
    document.addEventListener("visibilitychange", () => this.#decide());
  }

  #onView(entries) {
    for (const { target, intersectionRatio } of entries) {
      const panel = this.#panels.find(({ stage }) => stage === target);
      if (intersectionRatio >= 0.5) {
        this.#inView.add(panel);
      } else {
        this.#inView.delete(panel);
      }
    }
    this.#decide();
  }

  #decide() {
    let held = 0;
    const seen = document.hidden ? [] : [...this.#inView].sort((one, other) => offCentre(one) - offCentre(other));
    for (const panel of seen) {
      if (panel.isPaused || !panel.holds) {
        panel.show(panel.isPaused ? "paused" : "running");
      } else {
        held++;
        panel.show(held <= MAX_HELD ? "running" : "waiting");
      }
    }
    this.#panels.filter((panel) => !seen.includes(panel)).forEach((panel) => panel.show(panel.isPaused ? "paused" : "away"));
  }
}

function offCentre({ stage }) {
  const { top, bottom } = stage.getBoundingClientRect();
  return Math.abs((top + bottom) / 2 - window.innerHeight / 2);
}
