/** Tells the style sheet how high the bar is that stays in sight, so that nothing is scrolled under it. */
export function measureBar(...parts) {
  const tell = () => {
    const height = Math.max(...parts.map((part) => part.offsetHeight)); // the outer one has no box on a phone
    document.documentElement.style.setProperty("--bar", `${height}px`);
  };
  const observer = new ResizeObserver(tell);
  parts.forEach((part) => observer.observe(part));
}
