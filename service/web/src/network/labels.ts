// Names beside nodes: the strongest first, none over another, each on a halo so that its marks stay legible; and the
// number of its community inside a node that has room for it.
import type { NetworkGraph } from "./graph";
import type { Theme } from "./theme";

const MOST = 60;
const SIZE = 13; // pixels
const SMALL = 11;
const LINE = 16; // from a line of a name to the next
const FIRST = 12; // the strongest: their names may cover nodes that are much smaller
const SMALLER = 0.6;
const NUMBER_FROM = 8; // radius of a node that has room for a number
const LONGEST = 38; // letters

export interface Shown {
  node: string;
  x: number;
  y: number;
  size: number;
}

type Box = [left: number, top: number, right: number, bottom: number];

/** Draws the names of nodes; `shown` are those in view in the order in which they get room, `always` get it anyway. */
export function drawLabels(
  context: CanvasRenderingContext2D,
  graph: NetworkGraph,
  theme: Theme,
  shown: Shown[],
  always: ReadonlySet<string>,
): void {
  const { width: wide, height: high } = context.canvas.getBoundingClientRect();
  const discs: Box[] = shown.map(({ x, y, size }) => [x - size, y - size, x + size, y + size]);
  const names: Box[] = [];
  context.lineJoin = "round";
  for (const one of shown) drawNumber(context, graph, theme, one);
  for (const [rank, one] of shown.entries()) {
    if (names.length >= MOST) break;
    const forced = always.has(one.node);
    const lines = linesOf(graph, one.node);
    context.font = `${forced ? 600 : 400} ${SIZE}px ${theme.font}`;
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    const places = placesFor(one, width, lines.length * LINE);
    const least = rank < FIRST ? one.size * SMALLER : 0;
    const taken = [...names, ...discs.filter((_, n) => n < FIRST || (shown[n]?.size ?? 0) > least)];
    const free = places.find((box) => inside(box, wide, high) && !taken.some((other) => meet(box, other)));
    const box = free ?? (forced ? pushedIn(places[0], wide) : undefined);
    if (!box) continue;
    names.push(box);
    lines.forEach((line, n) => {
      context.font = `${forced && n === 0 ? 600 : 400} ${n === 0 ? SIZE : SMALL}px ${theme.font}`;
      write(context, line, (box[0] + box[2]) / 2, box[1] + (n + 1) * LINE - 4, n === 0 ? theme.ink : theme.quiet, theme);
    });
  }
}

/** Where a name can stand, the best place first: under its node, over it, right of it, left of it. */
function placesFor({ x, y, size }: Shown, width: number, height: number): [Box, ...Box[]] {
  const gap = size + 2;
  return [
    [x - width / 2, y + gap, x + width / 2, y + gap + height],
    [x - width / 2, y - gap - height, x + width / 2, y - gap],
    [x + gap + 2, y - height / 2, x + gap + 2 + width, y + height / 2],
    [x - gap - 2 - width, y - height / 2, x - gap - 2, y + height / 2],
  ];
}

function drawNumber(context: CanvasRenderingContext2D, graph: NetworkGraph, theme: Theme, one: Shown): void {
  if (one.size < NUMBER_FROM) return;
  context.font = `600 ${Math.min(13, one.size)}px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = theme.onCommunity;
  context.fillText(String(graph.getNodeAttribute(one.node, "community")), one.x, one.y + 0.5);
  context.textBaseline = "alphabetic";
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  theme: Theme,
): void {
  context.textAlign = "center";
  context.strokeStyle = theme.ground;
  context.lineWidth = 4;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function linesOf(graph: NetworkGraph, node: string): string[] {
  const { label, area } = graph.getNodeAttributes(node);
  const short = label.length <= LONGEST ? label : `${label.slice(0, LONGEST - 1).trimEnd()}…`;
  return area ? [short, area] : [short];
}

function inside(box: Box, wide: number, high: number): boolean {
  return box[0] >= 0 && box[1] >= 0 && box[2] <= wide && box[3] <= high;
}

/** The same place moved sideways until it is in view. */
function pushedIn(box: Box, wide: number): Box {
  const by = Math.max(0, -box[0]) - Math.max(0, box[2] - wide);
  return [box[0] + by, box[1], box[2] + by, box[3]];
}

function meet(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
