const AGES = [60, 45, 30, 15, 0];
const FEW_AGES = [60, 30, 0];
const ROOM_FOR_AGES = 300;

/** A thin line across for each round value, its text on the left, what they are above them. */
export function drawTicks(context, { left, right, top, scale, words, colours }) {
  context.strokeStyle = colours.line;
  context.fillStyle = colours.muted;
  context.lineWidth = 1;
  context.textAlign = "right";
  for (const tick of scale.ticks()) {
    const y = Math.round(scale.y(tick)) + 0.5;
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(right, y);
    context.stroke();
    context.fillText(words.tick(tick), left - 8, y);
  }
  context.textAlign = "left";
  context.fillText(words.unit, 0, top - 16);
}

/** How long ago, below. */
export function drawAges(context, { left, right, bottom, words, colours }) {
  const ages = right - left < ROOM_FOR_AGES ? FEW_AGES : AGES;
  context.strokeStyle = colours.strong;
  context.fillStyle = colours.muted;
  context.lineWidth = 1;
  for (const age of ages) {
    const x = Math.round(right - (age / AGES[0]) * (right - left)) + 0.5;
    context.beginPath();
    context.moveTo(x, bottom);
    context.lineTo(x, bottom + 5);
    context.stroke();
    context.textAlign = age === AGES[0] ? "left" : "center";
    context.fillText(words.age(age), age === AGES[0] ? x - 4 : x, bottom + 16);
  }
}
