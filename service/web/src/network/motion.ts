// How a large network moves: what is drawn moves as a picture. Where it comes to rest it is drawn anew, in parts and
// behind that picture, so that no frame waits for it: without a graphics card, 20,000 edges take half a second.
import type { Attributes } from "graphology-types";
import Sigma from "sigma";
import type { CoordinateConversionOverride, Coordinates, RenderParams } from "sigma/types";
import { getMatrixImpact, matrixFromCamera } from "sigma/utils";
import { type Ahead, drawnAhead } from "./ahead";

const REST = 100; // milliseconds without a movement until it is drawn anew
const FIRST = 1000; // nodes or edges in the first part
const LEAST = 250;
const WAIT = 4; // milliseconds until it is asked again whether a part is there
const QUICK = 30; // milliseconds: after a part that took less, the next is twice as large
const SLOW = 60; // after one that took more, half

/** sigma.js that does not draw while its camera moves. A click finds everything drawn where it is. */
export class MovingPicture<N extends Attributes, E extends Attributes> extends Sigma<N, E> {
  readonly #ahead: Ahead[];
  #drawn = this.getCamera().getState();
  #resting = 0;
  #waiting = 0;
  #part = FIRST;

  constructor(...[graph, container, settings]: ConstructorParameters<typeof Sigma<N, E>>) {
    const ahead: Ahead[] = [];
    super(graph, container, { ...settings, ...drawnAhead<N, E>(ahead) });
    this.#ahead = ahead;
    this.getCamera().removeAllListeners("updated"); // that draw at each step
    this.getCamera().on("updated", () => this.#move());
    this.on("afterRender", () => this.#rest());
    this.on("kill", () => this.#stop());
    for (const click of ["click", "doubleClick"] as const) {
      this.getMouseCaptor().prependListener(click, () => this.#findNow());
    }
    for (const tap of ["tap", "doubletap"] as const) this.getTouchCaptor().prependListener(tap, () => this.#findNow());
  }

  /** A place of the stage where the camera stands now: sigma.js answers for where it stood when it drew last. */
  override viewportToFramedGraph(place: Coordinates, other: CoordinateConversionOverride = {}): Coordinates {
    return super.viewportToFramedGraph(place, { cameraState: this.getCamera().getState(), ...other });
  }

  /** Draws all of it at once: what was drawn ahead does not look so any more. */
  override refresh(...given: Parameters<Sigma<N, E>["refresh"]>): this {
    if (#ahead in this) for (const one of this.#ahead) one.drop(); // sigma.js refreshes before it is made, too
    return super.refresh(...given);
  }

  #move(): void {
    const now = this.getCamera().getState();
    const corner = super.viewportToFramedGraph({ x: 0, y: 0 }, { cameraState: this.#drawn });
    const { x, y } = this.framedGraphToViewport(corner, { cameraState: now });
    this.#transform(`translate(${x}px, ${y}px) scale(${this.#drawn.ratio / now.ratio})`);
    this.#stop();
    this.#resting = window.setTimeout(() => this.#begin(), REST);
  }

  #stop(): void {
    window.clearTimeout(this.#resting);
    window.clearTimeout(this.#waiting);
    this.#resting = this.#waiting = 0;
  }

  #rest(): void {
    this.#stop();
    this.#drawn = this.getCamera().getState();
    this.#transform("");
  }

  #begin(): void {
    this.#resting = 0;
    const params = this.#paramsNow();
    for (const one of this.#ahead) one.begin(params);
    this.#goOn();
  }

  /** Draws the next part when the one before is there, and shows all when there is no other. */
  #goOn(told?: number): void {
    this.#waiting = window.setTimeout(() => {
      if (this.#ahead.some((one) => one.busy)) return this.#goOn(told);
      const took = told === undefined ? QUICK : performance.now() - told;
      if (took < QUICK) this.#part *= 2;
      else if (took > SLOW) this.#part = Math.max(LEAST, this.#part / 2);
      const next = this.#ahead.find((one) => !one.done);
      if (!next) return void this.scheduleRender();
      next.draw(this.#part);
      next.find();
      this.#goOn(performance.now());
    }, WAIT);
  }

  /** Lets a click find what is where the camera stands now, though it may not be seen yet. */
  #findNow(): void {
    if (this.#resting) {
      window.clearTimeout(this.#resting);
      this.#begin();
    }
    if (!this.#waiting) return;
    const nodes = this.#ahead[0];
    nodes?.draw(Infinity);
    nodes?.find();
  }

  /** How sigma.js draws what the camera sees now: its own are for where it drew last. */
  #paramsNow(): RenderParams {
    const [camera, size] = [this.getCamera().getState(), this.getDimensions()];
    const given = [camera, size, this.getGraphDimensions(), this.getStagePadding()] as const;
    const matrix = matrixFromCamera(...given);
    const [invMatrix, correctionRatio] = [matrixFromCamera(...given, true), getMatrixImpact(matrix, camera, size)];
    return { ...this.getRenderParams(), matrix, invMatrix, correctionRatio };
  }

  #transform(value: string): void {
    const { mouse, ...layers } = this.getCanvases(); // the pointer is found on that of the mouse
    for (const layer of Object.values(layers)) layer.style.transform = value;
  }
}
