/** The page's clock, in ms since 1970: it never goes back, and has fractions. */
export function now() {
  return performance.timeOrigin + performance.now();
}
