// The drawing of a network with sigma.js: colours, names, emphasis, camera, picture.
import Sigma from "sigma";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";
import type { NetworkData } from "./data";
import { type Frame, frameOf } from "./frame";
import { byStrength, type EdgeLook, graphOf, isLarge, type NetworkGraph, type NodeLook } from "./graph";
import { drawLabels, type Shown } from "./labels";
import { MovingPicture } from "./motion";
import { communityColour, readTheme, type Theme } from "./theme";

const MOST_NAMED = 400; // nodes in view that may have their name
const NARROWEST = 0.04;
const WIDEST = 2.5;
const MOVING = 350; // milliseconds

/** Where the camera stands: its middle as shares of the picture, from its left and its top, and how much of it is in
 * view; {0.5, 0.5, 1} is all of it. */
export interface View {
  x: number;
  y: number;
  ratio: number;
}

export interface Listeners {
  node(node: string): void;
  openNode(node: string): void;
  openEdge(source: string, target: string): void;
  nothing(): void;
  moved(): void;
}

export class Drawing {
  readonly graph: NetworkGraph;
  readonly ordered: string[];
  readonly #renderer: Sigma<NodeLook, EdgeLook>;
  readonly #frame: Frame;
  readonly #large: boolean;
  readonly #motion = matchMedia("(prefers-reduced-motion: reduce)");
  #theme: Theme = readTheme();
  #hovered: string | undefined;
  #selected: string | undefined;
  #pointed: string | undefined;
  #community: number | undefined;
  #near: ReadonlySet<string> | undefined;

  /** Draws into an element that has its size; throws where WebGL is missing. */
  constructor(stage: HTMLElement, data: NetworkData, listeners: Listeners) {
    this.#frame = frameOf(data, stage.clientWidth / stage.clientHeight);
    this.graph = graphOf(data, this.#frame.stretch, stage.clientWidth * stage.clientHeight);
    this.ordered = byStrength(this.graph);
    this.#large = isLarge(this.graph.size);
    const Renderer = this.#large ? MovingPicture<NodeLook, EdgeLook> : Sigma<NodeLook, EdgeLook>;
    this.#renderer = new Renderer(this.graph, stage, {
      renderLabels: false, // drawn by labels.ts
      defaultDrawNodeHover: () => undefined,
      enableEdgeEvents: !this.#large,
      zIndex: true,
      minCameraRatio: NARROWEST,
      maxCameraRatio: WIDEST,
      stagePadding: 0,
      nodeReducer: (node, look) => this.#nodeLook(node, look),
      edgeReducer: (edge, look) => this.#edgeLook(edge, look),
    });
    this.#renderer.setCustomBBox(this.#frame);
    this.#renderer.on("afterRender", () => this.#drawNames());
    this.#listen(stage, listeners);
  }

  /** Draws now, and not with the next frame. */
  draw(): void {
    this.#renderer.refresh();
  }

  kill(): void {
    this.#renderer.kill();
  }

  /** Chooses a node, or nothing: it and what it is tied to stand out. */
  select(node: string | undefined): void {
    this.#selected = node;
    this.#pointed = undefined;
    this.#emphasise();
  }

  /** Points at a neighbour of the node chosen without choosing it. */
  point(node: string | undefined): void {
    this.#pointed = node;
    this.#emphasise();
  }

  /** Lets a community stand out, or none. */
  highlight(community: number | undefined): void {
    this.#community = community;
    this.#emphasise();
  }

  repaint(): void {
    this.#theme = readTheme();
    this.#renderer.refresh();
  }

  resize(): void {
    this.#renderer.resize();
    this.#renderer.refresh();
  }

  get view(): View {
    const { x, y, ratio } = this.#renderer.getCamera();
    const { width, height, largest } = this.#measures();
    return { x: 0.5 + ((x - 0.5) * largest) / width, y: 0.5 - ((y - 0.5) * largest) / height, ratio };
  }

  set view(view: View) {
    this.#renderer.getCamera().setState(this.#state(view));
  }

  /** Moves to where all of the picture is in view. */
  fit(animated = true): void {
    this.#move({ x: 0.5, y: 0.5, ratio: 1 }, animated);
  }

  /** Moves to a node, as near as the drawing stands or nearer. */
  flyTo(node: string, closer: boolean): void {
    const { x, y } = this.graph.getNodeAttributes(node);
    const { width, height } = this.#measures();
    const ratio = closer ? Math.min(this.view.ratio, 0.5) : this.view.ratio;
    this.#move({ x: (x - this.#frame.x[0]) / width, y: 1 - (y - this.#frame.y[0]) / height, ratio }, true);
  }

  /** Zooms by a factor: above 1 out, below 1 in. */
  zoom(factor: number): void {
    const ratio = Math.min(WIDEST, Math.max(NARROWEST, this.view.ratio * factor));
    this.#move({ ...this.view, ratio }, true);
  }

  /** What is seen, as a picture. */
  async png(): Promise<Blob | null> {
    const layers = this.#renderer.getCanvases();
    const first = layers["nodes"];
    if (!first) return null;
    const canvas = document.createElement("canvas");
    canvas.width = first.width;
    canvas.height = first.height;
    const context = canvas.getContext("2d");
    if (!context) return null;
    context.fillStyle = this.#theme.ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    this.#renderer.refresh(); // what WebGL has drawn is there until the end of this turn
    for (const name of ["edges", "nodes", "labels", "hoverNodes"]) {
      const layer = layers[name];
      if (layer) context.drawImage(layer, 0, 0);
    }
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  #listen(stage: HTMLElement, listeners: Listeners): void {
    const on = this.#renderer;
    on.on("clickNode", ({ node }) => listeners.node(node));
    on.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      listeners.openNode(node);
    });
    on.on("clickStage", () => listeners.nothing());
    on.on("clickEdge", ({ edge }) => listeners.openEdge(this.graph.source(edge), this.graph.target(edge)));
    on.on("enterNode", ({ node }) => this.#hover(stage, node));
    on.on("leaveNode", () => this.#hover(stage, undefined));
    on.on("enterEdge", () => stage.classList.add("over"));
    on.on("leaveEdge", () => stage.classList.remove("over"));
    on.getCamera().on("updated", () => listeners.moved());
  }

  #hover(stage: HTMLElement, node: string | undefined): void {
    stage.classList.toggle("over", node !== undefined);
    this.#hovered = node;
    if (!this.#large) this.#emphasise();
    else this.#drawNames(); // its name alone
  }

  /** The node that stands out with what it is tied to. */
  get #centre(): string | undefined {
    return (this.#large ? undefined : this.#hovered) ?? this.#selected;
  }

  #emphasise(): void {
    const node = this.#centre;
    if (node !== undefined) this.#near = new Set([node, ...this.graph.neighbors(node)]);
    else if (this.#community !== undefined) this.#near = new Set(this.graph.filterNodes(this.#isOf(this.#community)));
    else this.#near = undefined;
    this.#renderer.refresh({ skipIndexation: true });
  }

  #isOf(community: number): (node: string, look: NodeLook) => boolean {
    return (_, look) => look.community === community;
  }

  #nodeLook(node: string, look: NodeLook): Partial<NodeDisplayData> {
    const colour = communityColour(this.#theme, look.community);
    if (this.#near && !this.#near.has(node)) return { ...look, color: this.#theme.nodeFar, zIndex: 0 };
    const chosen = node === this.#pointed || node === this.#selected || node === this.#hovered;
    return { ...look, color: colour, size: chosen ? look.size + 3 : look.size, zIndex: chosen ? 3 : 2 };
  }

  #edgeLook(edge: string, look: EdgeLook): Partial<EdgeDisplayData> {
    if (!this.#near) return { ...look, color: this.#theme.edge };
    const [source, target] = this.graph.extremities(edge);
    const centre = this.#centre;
    const shown = centre === undefined ? this.#near.has(source) && this.#near.has(target) : source === centre || target === centre;
    if (!shown) return { ...look, color: this.#theme.edgeFar };
    const pointed = this.#pointed !== undefined && (source === this.#pointed || target === this.#pointed);
    return { ...look, color: pointed ? this.#theme.accent : this.#theme.edgeNear, zIndex: 1 };
  }

  #drawNames(): void {
    const context = this.#renderer.getCanvases()["labels"]?.getContext("2d");
    if (!context) return;
    const { width, height } = this.#renderer.getDimensions();
    context.clearRect(0, 0, width, height);
    const first = [this.#hovered, this.#pointed, this.#selected].filter((one) => one !== undefined);
    const always = new Set(first);
    const near = this.#near;
    const rest = near ? this.ordered.filter((node) => near.has(node)) : this.ordered;
    const shown: Shown[] = [];
    for (const node of new Set([...first, ...rest])) {
      if (shown.length >= MOST_NAMED) break;
      const place = this.#renderer.getNodeDisplayData(node);
      if (!place) continue;
      const { x, y } = this.#renderer.framedGraphToViewport(place);
      if (x >= 0 && y >= 0 && x <= width && y <= height) {
        shown.push({ node, x, y, size: this.#renderer.scaleSize(place.size) });
      }
    }
    drawLabels(context, this.graph, this.#theme, shown, always);
  }

  #measures(): { width: number; height: number; largest: number } {
    const { x, y } = this.#frame;
    const [width, height] = [x[1] - x[0], y[1] - y[0]];
    return { width, height, largest: Math.max(width, height) };
  }

  /** A view as sigma.js has it: its square has the longer side of the picture as its unit, y upwards. */
  #state({ x, y, ratio }: View): View {
    const { width, height, largest } = this.#measures();
    return { x: 0.5 + ((x - 0.5) * width) / largest, y: 0.5 - ((y - 0.5) * height) / largest, ratio };
  }

  #move(view: View, animated: boolean): void {
    const camera = this.#renderer.getCamera();
    if (animated && !this.#motion.matches) void camera.animate(this.#state(view), { duration: MOVING });
    else camera.setState(this.#state(view));
  }
}
