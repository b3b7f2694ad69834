import { pushApart } from "./labels.js";

const LABEL_HEIGHT = 16;

/** Names each line at its end; names that would overlap are pushed apart, and a thin line leads to the end that is meant. */
export function drawEnds(context, lines, view) {
  const { scale, top, bottom, right, x, from, order } = view;
  const ends = order.sorted(endsOf(lines, { scale, x, from }));
  const places = pushApart(ends.map(({ y }) => y), LABEL_HEIGHT, { top: top - 6, bottom: bottom + 6 });
  context.textAlign = "left";
  ends.forEach((end, index) => drawEnd(context, { ...end, place: places[index], right }, view));
}

function endsOf(lines, { scale, x, from }) {
  return [...lines].flatMap(([name, line]) => {
    const last = line.last(from);
    return last ? [{ name, x: x(last.time), y: scale.y(last.middle) }] : [];
  });
}

function drawEnd(context, { name, x, y, place, right }, { colours, label }) {
  context.strokeStyle = colours[name];
  context.globalAlpha = 0.6;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x + 7, y);
  context.lineTo(Math.max(x + 7, right + 8), y);
  context.lineTo(right + 18, place);
  context.stroke();
  context.globalAlpha = 1;
  context.fillStyle = colours[name];
  context.fillText(label(name), right + 22, place + 0.5);
}
