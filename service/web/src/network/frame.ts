// The part of the layout that is drawn: what the nodes take of it, with room around, in about the shape of the stage.
import type { NetworkData } from "./data";

/** From where to where a drawing reaches, y upwards; across it is stretched, for a phone is tall and a wall is wide. */
export interface Frame {
  stretch: number;
  x: [number, number];
  y: [number, number];
}

const ROOM = 0.08; // on each side, of the whole, for names
const MOST_STRETCH = 2; // beyond, what is near looks far

/** The frame of a network for a stage that is `aspect` times as wide as it is high. */
export function frameOf(data: NetworkData, aspect: number): Frame {
  const [left, right] = reach(data.nodes.map((node) => node.x));
  const [low, high] = reach(data.nodes.map((node) => data.layout.height - node.y));
  const stretch = Math.min(MOST_STRETCH, Math.max(1 / MOST_STRETCH, (aspect * (high - low)) / (right - left)));
  return { stretch, x: [left * stretch, right * stretch], y: [low, high] };
}

/** The least and the greatest with room around them, never the same. */
function reach(values: number[]): [number, number] {
  const low = values.reduce((least, one) => Math.min(least, one), Infinity);
  const high = values.reduce((most, one) => Math.max(most, one), -Infinity);
  const room = Math.max((high - low) * ROOM, 20);
  return [low - room, high + room];
}
