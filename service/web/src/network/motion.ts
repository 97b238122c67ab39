// How a large network moves: what is drawn moves as a picture, and is drawn anew where it comes to rest, as maps do.
// Without a graphics card, drawing 20,000 edges takes a quarter of a second; moving a picture takes milliseconds.
import type { Attributes } from "graphology-types";
import Sigma from "sigma";
import type { CoordinateConversionOverride, Coordinates } from "sigma/types";

const REST = 200; // milliseconds without a movement until it is drawn anew

/** sigma.js that does not draw while its camera moves. A pointer that presses finds everything drawn where it is. */
export class MovingPicture<N extends Attributes, E extends Attributes> extends Sigma<N, E> {
  #drawn = this.getCamera().getState();
  #resting = 0;

  constructor(...given: ConstructorParameters<typeof Sigma<N, E>>) {
    super(...given);
    this.getCamera().removeAllListeners("updated"); // that draw at each step
    this.getCamera().on("updated", () => this.#move());
    this.on("afterRender", () => this.#rest());
    this.on("kill", () => window.clearTimeout(this.#resting));
    this.getContainer().addEventListener("pointerdown", () => this.#resting && this.scheduleRender(), { capture: true });
  }

  /** A place of the stage where the camera stands now: sigma.js answers for where it stood when it drew last. */
  override viewportToFramedGraph(place: Coordinates, other: CoordinateConversionOverride = {}): Coordinates {
    return super.viewportToFramedGraph(place, { cameraState: this.getCamera().getState(), ...other });
  }

  #move(): void {
    const now = this.getCamera().getState();
    const corner = super.viewportToFramedGraph({ x: 0, y: 0 }, { cameraState: this.#drawn });
    const { x, y } = this.framedGraphToViewport(corner, { cameraState: now });
    this.#transform(`translate(${x}px, ${y}px) scale(${this.#drawn.ratio / now.ratio})`);
    window.clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.scheduleRender(), REST);
  }

  #rest(): void {
    window.clearTimeout(this.#resting);
    this.#resting = 0;
    this.#drawn = this.getCamera().getState();
    this.#transform("");
  }

  #transform(value: string): void {
    const { mouse, ...layers } = this.getCanvases(); // the pointer is found on that of the mouse
    for (const layer of Object.values(layers)) layer.style.transform = value;
  }
}
