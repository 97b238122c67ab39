// Walking through a network by keyboard: nodes from the strongest, the neighbours of each, closer and farther.
import type { Drawing } from "./drawing";
import { neighboursOf } from "./graph";

const STEP = 1.4;

export interface Walker {
  /** The node that is chosen. */
  chosen(): string | undefined;
  choose(node: string | undefined): void;
  /** Says which neighbour is pointed at: its number from 1, of how many, and the weight of the tie. */
  pointed(node: string, n: number, all: number, weight: number): void;
}

export function walkByKeyboard(stage: HTMLElement, drawing: Drawing, walker: Walker): void {
  let at = -1; // which neighbour of the node chosen is pointed at

  const step = (by: number): void => {
    const now = walker.chosen();
    const place = now === undefined ? (by > 0 ? -1 : 0) : drawing.ordered.indexOf(now);
    at = -1;
    walker.choose(drawing.ordered[(place + by + drawing.ordered.length) % drawing.ordered.length]);
  };
  const point = (by: number): void => {
    const now = walker.chosen();
    if (now === undefined) return step(1);
    const near = neighboursOf(drawing.graph, now);
    at = at < 0 ? (by > 0 ? 0 : near.length - 1) : (at + by + near.length) % near.length;
    const one = near[at];
    if (!one) return;
    drawing.point(one.node);
    walker.pointed(one.node, at + 1, near.length, one.weight);
  };
  const enter = (): void => {
    const now = walker.chosen();
    const one = now === undefined ? undefined : neighboursOf(drawing.graph, now)[at];
    at = -1;
    if (one) walker.choose(one.node);
    else if (now === undefined) step(1);
  };
  const keys: Record<string, () => void> = {
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    ArrowDown: () => point(1),
    ArrowUp: () => point(-1),
    Enter: enter,
    Escape: () => {
      at = -1;
      walker.choose(undefined);
    },
    "+": () => drawing.zoom(1 / STEP),
    "=": () => drawing.zoom(1 / STEP),
    "-": () => drawing.zoom(STEP),
    "0": () => drawing.fit(),
  };
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
