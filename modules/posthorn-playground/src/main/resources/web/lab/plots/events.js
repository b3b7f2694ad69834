const GAP = 6;
const ROW = 15;

/**
 * What happened: a thin line with a word above; where it lasted, a shade from its beginning to its end. A word that has no
 * room beside those before it stands a row higher, or is left out.
 */
export function drawEvents(context, events, view) {
  const { from, now, left } = view;
  const free = [left, left]; // where each row of words may go on
  for (const event of events.filter(({ time, end }) => (end === undefined ? time : (end ?? now)) >= from)) {
    if (event.end !== undefined) {
      drawShade(context, event, view);
    }
    if (event.time >= from) {
      drawStroke(context, view.x(event.time), view);
    }
    drawWord(context, event, free, view);
  }
}

function drawShade(context, { time, end }, { now, left, top, bottom, x, colours }) {
  const begin = Math.max(x(time), left);
  context.fillStyle = colours.shade;
  context.fillRect(begin, top, x(end ?? now) - begin, bottom - top);
}

function drawWord(context, { time, text }, free, { left, width, top, x, colours }) {
  const wide = context.measureText(text).width;
  const at = Math.min(Math.max(x(time), left), width - wide);
  const row = free.findIndex((begin) => begin <= at);
  if (row !== -1) {
    context.fillStyle = colours.ink;
    context.textAlign = "left";
    context.fillText(text, at, top - 13 - ROW * row);
    free[row] = at + wide + GAP;
  }
}

function drawStroke(context, x, { top, bottom, colours }) {
  context.strokeStyle = colours.strong;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, top - 5);
  context.lineTo(Math.round(x) + 0.5, bottom);
  context.stroke();
}
