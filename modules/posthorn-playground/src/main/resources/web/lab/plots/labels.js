/** Labels that are further from their order than this, in pixels, change places. */
const FAR = 24;

/**
 * The order of labels from top to bottom. It stays as it was while lines run close to each other and cross, so that the
 * labels at their ends do not change places all the time.
 */
export class LabelOrder {
  #names = [];

  /** @param ends `[{name, y}]`, in any order; gives them from top to bottom */
  sorted(ends) {
    const place = ({ name }) => this.#names.indexOf(name);
    const known = ends.filter((end) => place(end) !== -1).sort((one, other) => place(one) - place(other));
    const all = [];
    for (const end of [...known, ...ends.filter((each) => place(each) === -1)]) {
      const far = place(end) === -1 ? 0 : FAR;
      let at = all.length;
      while (at > 0 && all[at - 1].y > end.y + far) {
        at--;
      }
      all.splice(at, 0, end);
    }
    this.#names = all.map(({ name }) => name);
    return all;
  }
}

/**
 * Places for labels that want to stand at these heights and may not overlap: each is moved as little as the others let it.
 * Labels that touch form a block, which stands where its members want to be on average.
 *
 * @param wanted the middles of the labels, in the order in which they shall stand from top to bottom
 * @returns the middles that they get
 */
export function pushApart(wanted, height, { top, bottom }) {
  const blocks = [];
  for (const middle of wanted) {
    blocks.push(inside({ members: [middle], middle }, height, { top, bottom }));
    while (blocks.length > 1 && overlap(blocks.at(-2), blocks.at(-1), height)) {
      blocks.push(merged(blocks.splice(-2), height, { top, bottom }));
    }
  }
  return blocks.flatMap(({ members, middle }) => members.map((_, position) => middle + (position - (members.length - 1) / 2) * height));
}

function overlap(upper, lower, height) {
  return lower.middle - upper.middle < ((upper.members.length + lower.members.length) * height) / 2;
}

function merged([upper, lower], height, edges) {
  const members = [...upper.members, ...lower.members];
  const middle = members.reduce((sum, wanted) => sum + wanted, 0) / members.length;
  return inside({ members, middle }, height, edges);
}

function inside({ members, middle }, height, { top, bottom }) {
  const half = (members.length * height) / 2;
  return { members, middle: Math.min(Math.max(middle, top + half), bottom - half) };
}
