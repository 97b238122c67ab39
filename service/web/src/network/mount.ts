// Lays the drawing over the still picture of a page and ties it to the address, the panel and the tables.
import { chosenNode, chosenView, withNode, withView } from "./address";
import { loadNetwork, shortName } from "./data";
import { Drawing } from "./drawing";
import { walkByKeyboard } from "./keyboard";
import { searchNodes } from "./search";

const REST = 300; // milliseconds without a movement until the address says where the camera stands
const STEP = 1.4;

type Words = Record<string, string>;

/** A page whose network is drawn. */
export interface Mounted {
  /** Shows what the address says of node and camera. */
  follow(): void;
  kill(): void;
}

/** Draws the network of a page; undefined where it has no drawing or WebGL is missing. */
export async function mount(root: HTMLElement, signal: AbortSignal): Promise<Mounted | undefined> {
  const stage = root.querySelector<HTMLElement>("#stage");
  if (!stage) return undefined;
  if (!hasWebGL()) {
    root.querySelector<HTMLElement>("#no-webgl")?.removeAttribute("hidden");
    return undefined;
  }
  const words = JSON.parse(root.dataset["words"] ?? "{}") as Words;
  const say = (text: string): void => {
    const status = root.querySelector("#network-status");
    if (status) status.textContent = text;
  };
  const data = await loadNetwork(root.dataset["data"] ?? "", signal).catch((error: unknown) => {
    if (!signal.aborted) say(words["failed"] ?? "");
    if (signal.aborted) throw error;
    return undefined;
  });
  if (!data) return undefined;
  const names = JSON.parse(root.dataset["names"] ?? "{}") as Record<string, string>; // in the language of the page
  for (const node of data.nodes) node.label = names[node.iri] ?? node.label;
  performance.mark("network-loaded"); // bench/network_view.py reads both marks
  await document.fonts.ready;
  stage.hidden = false;
  root.querySelector(".network-stage")?.classList.add("drawn");
  return new Page(root, stage, words, say, (listeners) => new Drawing(stage, data, listeners));
}

class Page implements Mounted {
  readonly #drawing: Drawing;
  readonly #root: HTMLElement;
  readonly #words: Words;
  readonly #say: (text: string) => void;
  readonly #ended = new AbortController();
  #part = new AbortController();
  #chosen: string | undefined;
  #resting = 0;

  constructor(
    root: HTMLElement,
    stage: HTMLElement,
    words: Words,
    say: (text: string) => void,
    draw: (listeners: ConstructorParameters<typeof Drawing>[2]) => Drawing,
  ) {
    this.#root = root;
    this.#words = words;
    this.#say = say;
    this.#drawing = draw({
      node: (node) => this.choose(node, "push"),
      openNode: (node) => location.assign(this.#pageOfNode(node)),
      openEdge: (source, target) => location.assign(this.#pageOfEdge(source, target)),
      nothing: () => this.#chosen !== undefined && this.choose(undefined, "push"),
      moved: () => this.#moved(),
    });
    for (const part of root.querySelectorAll<HTMLElement>("[data-needs-script]")) part.hidden = false;
    this.#listen(stage);
    this.follow();
    this.#drawing.draw();
    performance.mark("network-drawn");
    const { order, size } = this.#drawing.graph;
    root.dataset["drawn"] = `${order} ${size}`;
  }

  follow(): void {
    const node = chosenNode();
    const known = node !== undefined && this.#drawing.graph.hasNode(node) ? node : undefined;
    if (known !== this.#chosen) this.#show(known);
    const view = chosenView();
    if (view) this.#drawing.view = view;
    else this.#drawing.fit(false);
    window.clearTimeout(this.#resting); // it stands where the address says
  }

  kill(): void {
    this.#ended.abort();
    this.#part.abort();
    window.clearTimeout(this.#resting);
    this.#drawing.kill();
  }

  /** Chooses a node, or nothing; the address says so, as a step of its own in the history or not. */
  choose(node: string | undefined, how: "push" | "replace"): void {
    const address = withNode(location.href, node);
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
    this.#show(node);
  }

  #show(node: string | undefined): void {
    this.#chosen = node;
    this.#drawing.select(node);
    this.#say(node === undefined ? (this.#words["cleared"] ?? "") : this.#described(node));
    this.#markRows(node);
    void this.#fillPanel(node);
  }

  #listen(stage: HTMLElement): void {
    const { signal } = this.#ended;
    const drawing = this.#drawing;
    const acts: Record<string, () => void> = {
      in: () => drawing.zoom(1 / STEP),
      out: () => drawing.zoom(STEP),
      fit: () => drawing.fit(),
      png: () => void this.#savePicture(),
    };
    for (const button of this.#root.querySelectorAll<HTMLButtonElement>("[data-do]")) {
      button.addEventListener("click", () => acts[button.dataset["do"] ?? ""]?.());
    }
    walkByKeyboard(stage, drawing, {
      chosen: () => this.#chosen,
      choose: (node) => {
        this.choose(node, "replace");
        if (node !== undefined) drawing.flyTo(node, false);
      },
      pointed: (node, n, all, weight) =>
        this.#say(fill(this.#words["neighbour"], { n, all, weight, ...this.#nameOf(node) })),
    });
    const field = this.#root.querySelector<HTMLInputElement>("#find-node");
    const list = this.#root.querySelector<HTMLElement>("#found-nodes");
    const nodes = drawing.ordered.map((key) => ({ key, ...drawing.graph.getNodeAttributes(key) }));
    if (field && list) searchNodes(field, list, nodes, this.#words["none"] ?? "", (node) => this.#find(node));
    // The wheel scrolls the page until somebody turns to the drawing.
    stage.addEventListener("pointerdown", () => stage.focus({ preventScroll: true }));
    const scrolls = (event: WheelEvent): void => {
      if (!event.ctrlKey && document.activeElement !== stage) event.stopPropagation();
    };
    stage.addEventListener("wheel", scrolls, { capture: true, passive: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing.repaint(), { signal });
    this.#listenToLegend();
  }

  #listenToLegend(): void {
    for (const item of this.#root.querySelectorAll<HTMLElement>("[data-community]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.ariaPressed = "false";
      button.append(...item.childNodes);
      item.append(button);
      button.addEventListener("click", () => {
        const on = button.ariaPressed !== "true";
        for (const other of this.#root.querySelectorAll<HTMLElement>("[data-community] button")) other.ariaPressed = "false";
        button.ariaPressed = String(on);
        this.#drawing.highlight(on ? Number(item.dataset["community"]) : undefined);
      });
    }
  }

  #find(node: string): void {
    this.choose(node, "push");
    this.#drawing.flyTo(node, true);
  }

  #moved(): void {
    window.clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => {
      history.replaceState(history.state, "", withView(location.href, this.#drawing.view));
    }, REST);
  }

  #nameOf(node: string): { label: string; area: string } {
    const { label, area } = this.#drawing.graph.getNodeAttributes(node);
    return { label, area: area ? `, ${area}` : "" };
  }

  #described(node: string): string {
    const { outgoing, incoming, neighbours } = this.#drawing.graph.getNodeAttributes(node);
    return fill(this.#words["selected"], { out: outgoing, in: incoming, neighbours, ...this.#nameOf(node) });
  }

  #markRows(node: string | undefined): void {
    const name = node === undefined ? undefined : shortName(node);
    for (const row of this.#root.querySelectorAll<HTMLElement>("tr[data-node], tr[data-source]")) {
      const { node: own, source, target } = row.dataset;
      row.classList.toggle("chosen", name !== undefined && [own, source, target].includes(name));
    }
  }

  /** The panel is made by the service, as it is without scripts. */
  async #fillPanel(node: string | undefined): Promise<void> {
    this.#part.abort();
    this.#part = new AbortController();
    const panel = this.#root.querySelector<HTMLElement>("#chosen");
    if (!panel) return;
    if (node === undefined) {
      panel.replaceChildren();
      return;
    }
    try {
      const address = withNode(new URL(this.#root.dataset["part"] ?? "", location.href).href, node);
      const response = await fetch(address, { headers: { Accept: "text/html" }, signal: this.#part.signal });
      if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
      const made = new DOMParser().parseFromString(await response.text(), "text/html");
      panel.replaceChildren(...made.body.childNodes);
    } catch (error) {
      if (!this.#part.signal.aborted && !(error instanceof DOMException && error.name === "AbortError")) {
        this.#say(this.#words["failed"] ?? "");
      }
    }
  }

  #pageOfNode(node: string): string {
    const url = new URL(this.#root.dataset["things"] ?? "", location.href);
    url.pathname += shortName(node);
    return url.href;
  }

  #pageOfEdge(source: string, target: string): string {
    const url = new URL(this.#root.dataset["edges"] ?? "", location.href);
    url.searchParams.set("source", shortName(source));
    url.searchParams.set("target", shortName(target));
    return url.href;
  }

  async #savePicture(): Promise<void> {
    const picture = await this.#drawing.png();
    if (!picture) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = `${this.#root.dataset["name"] ?? "network"}.png`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href));
  }
}

function fill(text: string | undefined, values: Record<string, string | number>): string {
  return (text ?? "").replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

function hasWebGL(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}
