// What a program of sigma.js draws, drawn before it is shown: some of it at a time, into buffers of its own.
import type { Attributes } from "graphology-types";
import { EdgeRectangleProgram, NodeCircleProgram, type Program, type ProgramInfo } from "sigma/rendering";
import type { RenderParams } from "sigma/types";

/** A buffer of our own for one that sigma.js draws into: that of the canvas, or that in which a pointer finds nodes. */
interface Target {
  info: ProgramInfo;
  gl: WebGL2RenderingContext;
  theirs: WebGLFramebuffer | null;
  own: WebGLFramebuffer;
  texture: WebGLTexture;
  width: number;
  height: number;
}

export class Ahead {
  readonly #program: Program;
  readonly #render: (params: RenderParams) => void;
  #params: RenderParams | undefined;
  #targets: Target[] = [];
  #drawn = 0;
  #fence: WebGLSync | null = null;

  /** `render` is what draws a program as sigma.js does. */
  constructor(program: Program, render: (params: RenderParams) => void) {
    this.#program = program;
    this.#render = render;
  }

  /** Begins to draw what is seen with `params`, and forgets what was drawn for others. */
  begin(params: RenderParams): void {
    this.drop();
    this.#params = params;
    const { normalProgram, pickProgram } = this.#program;
    const { width, height, pixelRatio } = params;
    this.#targets = [target(normalProgram, Math.round(width * pixelRatio), Math.round(height * pixelRatio))];
    if (pickProgram) this.#targets.push(target(pickProgram, width, height));
  }

  /** Draws up to so many more nodes or edges. */
  draw(most: number): void {
    const { array, capacity, STRIDE } = this.#program;
    if (!this.#params || this.done) return;
    const end = Math.min(capacity, this.#drawn + most);
    for (const { info, own } of this.#targets) info.frameBuffer = own;
    this.#program.array = array.subarray(this.#drawn * STRIDE, end * STRIDE);
    this.#program.capacity = end - this.#drawn;
    this.#render(this.#params);
    this.#program.array = array;
    this.#program.capacity = capacity;
    for (const { info, theirs } of this.#targets) info.frameBuffer = theirs;
    this.#drawn = end;
    const gl = this.#targets[0]?.gl;
    this.#fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0) ?? null;
    gl?.flush();
  }

  /** Whether all is drawn, or has been told to be. */
  get done(): boolean {
    return this.#params !== undefined && this.#drawn === this.#program.capacity;
  }

  /** Whether what was told to be drawn is not there yet. */
  get busy(): boolean {
    const gl = this.#targets[0]?.gl;
    return gl !== undefined && this.#fence !== null && gl.getSyncParameter(this.#fence, gl.SYNC_STATUS) !== gl.SIGNALED;
  }

  /** Puts what was drawn where sigma.js draws, if all of it was, and for these `params`; else says no. */
  show(params: RenderParams): boolean {
    if (!this.done || !this.#params || !same(params, this.#params)) return false;
    this.#targets.forEach(copy);
    return true;
  }

  /** Lets a pointer find what was drawn before it is shown. */
  find(): void {
    if (this.done) this.#targets.filter(({ info }) => info.isPicking).forEach(copy);
  }

  /** Forgets what was drawn. */
  drop(): void {
    for (const { gl, own, texture } of this.#targets) {
      gl.deleteFramebuffer(own);
      gl.deleteTexture(texture);
    }
    this.#targets = [];
    this.#params = undefined;
    this.#drawn = 0;
    this.#fence = null;
  }
}

/** Settings of sigma.js whose nodes and lines can be drawn ahead; each that is made is added to `all`. */
export function drawnAhead<N extends Attributes, E extends Attributes>(all: Ahead[]) {
  class Nodes extends NodeCircleProgram<N, E> {
    readonly #ahead: Ahead;
    constructor(...given: ConstructorParameters<typeof NodeCircleProgram<N, E>>) {
      super(...given);
      this.#ahead = new Ahead(this as unknown as Program, (params) => super.render(params));
      all.push(this.#ahead);
    }
    override render(params: RenderParams): void {
      if (!this.#ahead.show(params)) super.render(params);
    }
  }
  class Lines extends EdgeRectangleProgram<N, E> {
    readonly #ahead: Ahead;
    constructor(...given: ConstructorParameters<typeof EdgeRectangleProgram<N, E>>) {
      super(...given);
      this.#ahead = new Ahead(this as unknown as Program, (params) => super.render(params));
      all.push(this.#ahead);
    }
    override render(params: RenderParams): void {
      if (!this.#ahead.show(params)) super.render(params);
    }
  }
  return {
    nodeProgramClasses: { circle: Nodes },
    nodeHoverProgramClasses: { circle: NodeCircleProgram<N, E> },
    edgeProgramClasses: { line: Lines },
  };
}

function target(info: ProgramInfo, width: number, height: number): Target {
  const gl = info.gl as WebGL2RenderingContext; // mount.ts draws nothing without
  const [own, texture] = [gl.createFramebuffer(), gl.createTexture()];
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
  gl.bindFramebuffer(gl.FRAMEBUFFER, own);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  return { info, gl, theirs: info.frameBuffer, own, texture, width, height };
}

function copy({ gl, own, theirs, width, height }: Target): void {
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, own);
  gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, theirs);
  gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
}

function same(one: RenderParams, other: RenderParams): boolean {
  const measures = ["width", "height", "pixelRatio"] as const;
  return measures.every((name) => one[name] === other[name]) && one.matrix.every((value, n) => value === other.matrix[n]);
}
