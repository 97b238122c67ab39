// A network as a graph for drawing: nodes as large as they are strong, edges as wide as their weight.
import Graph from "graphology";
import type { NetworkData } from "./data";

export interface NodeLook {
  x: number;
  y: number;
  size: number;
  label: string;
  area: string;
  community: number;
  strength: number;
  outgoing: number;
  incoming: number;
  neighbours: number;
  zIndex: number;
}

export interface EdgeLook {
  size: number;
  weight: number;
  type: "arrow" | "line";
  zIndex: number;
}

export type NetworkGraph = Graph<NodeLook, EdgeLook>;

const LEAST_NODE = 4;
const MOST_NODE = 20; // pixels
const ROOM = 2600; // square pixels of the stage for a node; with less, all are smaller and do not cover each other
const LEAST_SCALE = 0.35;
const LEAST_EDGE = 0.8;
const MOST_EDGE = 6;
const WIDE = 10; // the weight from which an edge may be as wide as edges get
const LARGE = 2500;

/** The graph of a network whose picture is stretched across by `stretch`, on a stage of so many square pixels. The
 * greater `y`, the higher a node stands. */
export function graphOf(data: NetworkData, stretch: number, pixels: number): NetworkGraph {
  const graph: NetworkGraph = new Graph({ type: data.network.directed ? "directed" : "undirected" });
  const strongest = Math.max(1, ...data.nodes.map((node) => node.out_strength + node.in_strength));
  const scale = Math.max(LEAST_SCALE, Math.min(1, Math.sqrt(pixels / data.nodes.length / ROOM)));
  for (const node of data.nodes) {
    const strength = node.out_strength + node.in_strength;
    graph.addNode(node.iri, {
      x: node.x * stretch,
      y: data.layout.height - node.y,
      size: scale * (LEAST_NODE + (MOST_NODE - LEAST_NODE) * Math.sqrt(strength / strongest)),
      label: node.label,
      area: node.area_label ?? "",
      community: node.community,
      strength,
      outgoing: node.out_strength,
      incoming: node.in_strength,
      neighbours: node.neighbours,
      zIndex: 1,
    });
  }
  const heaviest = data.edges.reduce((most, edge) => Math.max(most, edge.weight), 0) || 1;
  const type = data.network.directed && !isLarge(data.edges.length) ? "arrow" : "line";
  for (const edge of data.edges) {
    const size = LEAST_EDGE + (MOST_EDGE - LEAST_EDGE) * (edge.weight / Math.max(heaviest, WIDE));
    graph.addEdge(edge.source, edge.target, { size, weight: edge.weight, type, zIndex: 0 });
  }
  return graph;
}

/** Whether there are so many edges that single ones cannot be told apart: they have no arrows, a pointer does not find
 * them, and the drawing moves as a picture (motion.ts). */
export function isLarge(edges: number): boolean {
  return edges > LARGE;
}

/** All nodes, the strongest first. */
export function byStrength(graph: NetworkGraph): string[] {
  return graph.nodes().sort((one, other) => strengthOf(graph, other) - strengthOf(graph, one) || (one < other ? -1 : 1));
}

/** What a node is tied to, the strongest ties first; ties in both directions count together. */
export function neighboursOf(graph: NetworkGraph, node: string): { node: string; weight: number }[] {
  const weights = new Map<string, number>();
  graph.forEachEdge(node, (_, { weight }, source, target) => {
    const other = source === node ? target : source;
    weights.set(other, (weights.get(other) ?? 0) + weight);
  });
  return [...weights]
    .map(([other, weight]) => ({ node: other, weight }))
    .sort((one, other) => other.weight - one.weight || (one.node < other.node ? -1 : 1));
}

function strengthOf(graph: NetworkGraph, node: string): number {
  return graph.getNodeAttribute(node, "strength");
}
