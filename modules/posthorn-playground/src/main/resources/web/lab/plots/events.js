const GAP = 6;

/**
 * What happened: a thin line with a word above; where it lasted, a shade from its beginning to its end. A word that has no
 * room beside the one before is left out.
 */
export function drawEvents(context, events, view) {
  const { from, now, left, right, top, bottom, x, colours } = view;
  let free = left;
  for (const { time, end, text } of events) {
    if ((end ?? now) < from || time > now) {
      continue;
    }
    const begin = Math.max(x(time), left);
    if (end !== undefined) {
      context.fillStyle = colours.shade;
      context.fillRect(begin, top, Math.min(x(end ?? now), right) - begin, bottom - top);
    }
    if (time >= from) {
      drawStroke(context, begin, view);
    }
    const wide = context.measureText(text).width;
    const at = Math.min(begin, view.width - wide);
    if (at >= free) {
      context.fillStyle = colours.ink;
      context.textAlign = "left";
      context.fillText(text, at, top - 13);
      free = at + wide + GAP;
    }
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
