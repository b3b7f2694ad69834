const LEVEL = 10;

/**
 * Places for labels that want to stand at these heights and may not overlap: each is moved as little as the others let it.
 * Labels that touch form a block, which stands where its members want to be on average. Those that are almost level stand in
 * the order that they are given in, so that they do not change places all the time.
 *
 * @param wanted the middles of the labels, in any order
 * @returns the middles that they get, in the same order
 */
export function pushApart(wanted, height, { top, bottom }) {
  const level = (index) => Math.round(wanted[index] / LEVEL);
  const order = wanted.map((_, index) => index).sort((one, other) => level(one) - level(other));
  const blocks = [];
  for (const index of order) {
    blocks.push(inside({ members: [index], middle: wanted[index] }, height, { top, bottom }));
    while (blocks.length > 1 && overlap(blocks.at(-2), blocks.at(-1), height)) {
      blocks.push(merged(blocks.splice(-2), wanted, height, { top, bottom }));
    }
  }
  const places = [];
  for (const block of blocks) {
    const first = block.middle - ((block.members.length - 1) * height) / 2;
    block.members.forEach((index, position) => (places[index] = first + position * height));
  }
  return places;
}

function overlap(upper, lower, height) {
  return lower.middle - upper.middle < ((upper.members.length + lower.members.length) * height) / 2;
}

function merged([upper, lower], wanted, height, edges) {
  const members = [...upper.members, ...lower.members];
  const middle = members.reduce((sum, index) => sum + wanted[index], 0) / members.length;
  return inside({ members, middle }, height, edges);
}

function inside({ members, middle }, height, { top, bottom }) {
  const half = (members.length * height) / 2;
  return { members, middle: Math.min(Math.max(middle, top + half), bottom - half) };
}
