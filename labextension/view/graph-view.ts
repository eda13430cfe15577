// The live graph of one cell: three, the layout and the pointer. The only part that needs a WebGL context.
import { ColorManagement, LinearSRGBColorSpace, WebGLRenderer } from "three";
import type { GraphTable } from "../../runtime/wire/graph-table.ts";
import { mergeEdges, type MergedEdges } from "../../runtime/wire/merge-edges.ts";
import { canLayOutOnGpu, GpuLayout } from "../layout/gpu-layout.ts";
import { layoutInput } from "../layout/layout-input.ts";
import type { Layout } from "../layout/layout.ts";
import { SettleWatch } from "../layout/settle-watch.ts";
import { WorkerLayout } from "../layout/worker-layout.ts";
import { readTheme, type Theme } from "../theme.ts";
import { edgeAlpha } from "./edge-alpha.ts";
import { GraphScene, maxHoverEdges } from "./graph-scene.ts";
import { describeEdge, describeNode, nodeName } from "./describe.ts";
import { Labels } from "./labels.ts";
import { nodeLooks, type NodeLooks } from "./node-looks.ts";
import { pickEdge, pickNode } from "./picking.ts";
import { controlViewport } from "./pointer-control.ts";
import { Tooltip } from "./tooltip.ts";
import { boxOf, Viewport } from "./viewport.ts";

// Colours are those of the page, mixed as the page mixes them.
ColorManagement.enabled = false;

const fitMarginPx = 34;
/** Nodes up to which positions are fetched for every frame, so that labels move along with a running layout. */
const liveLabelNodes = 5000;

export interface ViewEvents {
  /** The layout began to move nodes, or stopped. */
  running(isRunning: boolean): void;
  /** The context was lost or a shader failed; the view is of no more use. */
  failed(problem: string): void;
}

/** What a view leaves to the one that goes on for it. */
export interface ViewMemory {
  readonly positions: Float32Array | undefined;
  readonly isRunning: boolean;
}

export class GraphView {
  readonly layoutDescription: string;
  readonly #stage: HTMLElement;
  readonly #graph: GraphTable;
  readonly #edges: MergedEdges;
  readonly #looks: NodeLooks;
  readonly #events: ViewEvents;
  readonly #renderer: WebGLRenderer;
  readonly #scene: GraphScene;
  readonly #layout: Layout;
  readonly #labels: Labels;
  readonly #tooltip = new Tooltip();
  readonly #view = new Viewport();
  readonly #resize: ResizeObserver;
  readonly #release: () => void;
  #watch: SettleWatch;
  #watchedFrom = 0;
  #theme: Theme;
  #positions: Float32Array;
  #isRunning = false;
  #isSettled = false;
  #isFollowing = true;
  #isDirty = true;
  #isHidden = false;
  #frame = 0;
  #burst = 1;
  #lastFrameAt = 0;
  #pointer: { left: number; top: number } | undefined;

  /** @throws Error when there is no WebGL2 or its driver refuses the shaders */
  constructor(stage: HTMLElement, graph: GraphTable, events: ViewEvents, memory?: ViewMemory) {
    this.#stage = stage;
    this.#graph = graph;
    this.#events = events;
    this.#edges = mergeEdges(graph);
    this.#looks = nodeLooks(graph);
    this.#theme = readTheme(stage);
    // Kept after drawing, so that the cell can be copied, printed and photographed.
    this.#renderer = new WebGLRenderer({
      antialias: true,
      preserveDrawingBuffer: true,
      powerPreference: "high-performance",
    });
    this.#renderer.outputColorSpace = LinearSRGBColorSpace;
    const canvas = this.#renderer.domElement;
    canvas.className = "sightline-graph-canvas";
    canvas.addEventListener("webglcontextlost", this.#onLost);
    const gl = this.#renderer.getContext() as WebGL2RenderingContext;
    const input = layoutInput(graph, this.#edges, memory?.positions);
    this.#positions = input.start;
    this.#layout = canLayOutOnGpu(gl)
      ? new GpuLayout(gl, input)
      : new WorkerLayout(input, (why) => events.failed(why));
    this.layoutDescription = this.#layout.description;
    this.#renderer.resetState();
    this.#watch = new SettleWatch(graph.nodeCount);
    this.#scene = new GraphScene(
      graph,
      this.#edges,
      this.#looks,
      this.#layout.texture,
      this.#layout.textureWidth,
    );
    this.#labels = new Labels(this.#looks, (node) => nodeName(graph, node));
    stage.replaceChildren(canvas, this.#labels.element, this.#tooltip.element);
    this.#release = controlViewport(stage, this.#view, {
      moved: () => {
        this.#isFollowing = false;
        this.#draw();
      },
      pointed: (at) => {
        this.#pointer = at;
        this.#draw();
      },
      fit: () => this.fit(),
    });
    this.#resize = new ResizeObserver(() => this.#fitStage());
    this.#resize.observe(stage);
    this.applyTheme();
    this.#fitStage();
    if (memory?.isRunning ?? true) this.play();
    else this.#schedule();
  }

  get memory(): ViewMemory {
    return { positions: this.#positions, isRunning: this.#isRunning };
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Runs the layout on; one that has settled starts over from where its nodes are. */
  play(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    if (this.#isSettled) {
      this.#watch = new SettleWatch(this.#graph.nodeCount);
      this.#watchedFrom = this.#layout.iteration;
      this.#isSettled = false;
    }
    this.#events.running(true);
    this.#schedule();
  }

  pause(): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#readPositions();
    this.#events.running(false);
    this.#draw();
  }

  /** Shows the whole graph, and keeps it whole while it moves. */
  fit(): void {
    this.#isFollowing = true;
    this.#readPositions();
    this.#draw();
  }

  /** Out of sight nothing is computed or drawn. */
  setHidden(isHidden: boolean): void {
    this.#isHidden = isHidden;
    if (!isHidden) this.#draw();
  }

  applyTheme(): void {
    this.#theme = readTheme(this.#stage);
    const [red, green, blue] = this.#theme.background;
    this.#renderer.setClearColor(
      (Math.round(red * 255) << 16) | (Math.round(green * 255) << 8) | Math.round(blue * 255),
      1,
    );
    this.#scene.setTheme(this.#theme);
    this.#draw();
  }

  /** What is seen now, as the URL of a picture. */
  snapshot(): string {
    this.#render();
    return this.#renderer.domElement.toDataURL("image/png");
  }

  /** Frees the GPU's memory and gives the context back. */
  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#resize.disconnect();
    this.#release();
    this.#renderer.domElement.removeEventListener("webglcontextlost", this.#onLost);
    this.#layout.dispose();
    this.#scene.dispose();
    this.#renderer.dispose();
    if (!this.#renderer.getContext().isContextLost()) this.#renderer.forceContextLoss();
    this.#stage.replaceChildren();
  }

  get #elapsed(): number {
    return this.#layout.iteration - this.#watchedFrom;
  }

  readonly #onLost = (event: Event): void => {
    event.preventDefault();
    cancelAnimationFrame(this.#frame);
    this.#events.failed("its graphics context was lost");
  };

  #fitStage(): void {
    this.#view.width = Math.max(1, this.#stage.clientWidth);
    this.#view.height = Math.max(1, this.#stage.clientHeight);
    this.#renderer.setPixelRatio(this.#pixelRatio);
    this.#renderer.setSize(this.#view.width, this.#view.height);
    this.#draw();
  }

  get #pixelRatio(): number {
    return Math.min(2, window.devicePixelRatio || 1);
  }

  #draw(): void {
    this.#isDirty = true;
    this.#schedule();
  }

  #schedule(): void {
    cancelAnimationFrame(this.#frame);
    if (!this.#isHidden) this.#frame = requestAnimationFrame(this.#onFrame);
  }

  readonly #onFrame = (now: number): void => {
    if (this.#isRunning) this.#advance(now);
    this.#lastFrameAt = now;
    if (this.#isDirty || this.#isRunning) this.#render();
    this.#isDirty = false;
    if (this.#isRunning) this.#schedule();
  };

  /** As many iterations as keep the page at some thirty frames a second. */
  #advance(now: number): void {
    const frameMs = now - this.#lastFrameAt;
    if (frameMs < 24) this.#burst = Math.min(4, this.#burst + 1);
    else if (frameMs > 40) this.#burst = Math.max(1, this.#burst - 1);
    this.#layout.advance(this.#burst, this.#watch.heat(this.#elapsed));
    this.#scene.setPositions(this.#layout.texture);
    const isLive = this.#graph.nodeCount <= liveLabelNodes;
    const isDue = this.#watch.isDue(this.#elapsed);
    if (isLive || isDue) this.#readPositions();
    this.#renderer.resetState();
    if (!isDue || !this.#watch.look(this.#elapsed, this.#positions)) return;
    this.#isRunning = false;
    this.#isSettled = true;
    this.#events.running(false);
  }

  #readPositions(): void {
    this.#positions = this.#layout.read();
    this.#renderer.resetState();
  }

  #render(): void {
    if (this.#isFollowing) this.#view.fit(boxOf(this.#positions), fitMarginPx);
    this.#point();
    const alpha = edgeAlpha(this.#edges.pairs, this.#positions, this.#view, this.#theme.isDark);
    this.#scene.setView(this.#view, this.#pixelRatio, alpha);
    this.#renderer.render(this.#scene.scene, this.#scene.camera);
    this.#labels.draw(this.#view, this.#positions, this.#pixelRatio, this.#theme);
  }

  /** Finds what the pointer is on, and shows it. */
  #point(): void {
    const at = this.#pointer;
    const node = at === undefined ? -1 : pickNode(at.left, at.top, this.#view, this.#positions, this.#looks);
    this.#scene.setHovered(node, node < 0 ? new Uint32Array(0) : this.#endsAt(node));
    const { edgeTitle, edgeLabel } = this.#graph;
    let lines: string[] = [];
    if (at !== undefined && node >= 0) lines = describeNode(this.#graph, node, this.#looks.degrees[node]);
    else if (at !== undefined && (edgeTitle ?? edgeLabel) !== undefined) {
      const edge = pickEdge(at.left, at.top, this.#view, this.#positions, this.#edges.pairs);
      if (edge >= 0) lines = describeEdge(this.#graph, this.#edges.first[edge]);
    }
    if (at === undefined || lines.length === 0) this.#tooltip.hide();
    else this.#tooltip.show(lines, at.left, at.top, this.#view.width, this.#view.height);
  }

  #endsAt(node: number): Uint32Array {
    const { pairs } = this.#edges;
    const ends = new Uint32Array(2 * maxHoverEdges);
    let end = 0;
    for (let i = 0; i < pairs.length && end < ends.length; i += 2) {
      if (pairs[i] !== node && pairs[i + 1] !== node) continue;
      ends[end++] = pairs[i];
      ends[end++] = pairs[i + 1];
    }
    return ends.subarray(0, end);
  }
}
