import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { decodeGraphPayload, type GraphPayload } from "../runtime/wire/graph-payload.ts";
import type { GraphTable } from "../runtime/wire/graph-table.ts";
import { contextPool, type ContextHolder } from "./context-pool.ts";
import { GraphFrame } from "./graph-frame.ts";
import { onThemeChange } from "./theme.ts";
import { describeCounts } from "./view/describe.ts";
import type { GraphView, ViewMemory } from "./view/graph-view.ts";

type State = "loading" | "running" | "settled" | "failed";

const defaultHeightPx = 480;
/** What a page can hold beside everything else; beyond, the picture is shown. */
const liveLimits = { nodes: 1 << 21, edges: 1 << 22 };
/** Lost contexts that are replaced before the cell gives up. */
const maxLosses = 3;

/** The output of a graph cell: shows the payload's graph live while it is in sight, and says so when it can't. */
export class GraphOutput extends Widget implements IRenderMime.IRenderer, ContextHolder {
  unseenSince: number | undefined = 0;
  readonly #mimeType: string;
  readonly #frame: GraphFrame;
  readonly #sight: IntersectionObserver;
  readonly #stopTheme: () => void;
  #picture: string | undefined;
  #graph: GraphTable | undefined;
  #notes: Partial<GraphPayload> = {};
  #view: GraphView | undefined;
  #memory: ViewMemory | undefined;
  #losses = 0;
  /** Grows with every model, so that what was begun for an older one is dropped. */
  #turn = 0;
  #isStarting = false;
  /** False when only the picture is shown: too large, empty, or failed. */
  #canBeLive = false;

  constructor(options: IRenderMime.IRendererOptions) {
    super();
    this.#mimeType = options.mimeType;
    this.addClass("sightline-graph");
    this.#frame = new GraphFrame(this.node, {
      togglePlay: () => (this.#view?.isRunning ? this.#view.pause() : this.#view?.play()),
      fit: () => this.#view?.fit(),
    });
    this.#setState("loading");
    this.#stopTheme = onThemeChange(() => this.#view?.applyTheme());
    this.#sight = new IntersectionObserver((entries) => this.#seen(entries.at(-1)!.isIntersecting), {
      rootMargin: "100px",
    });
    this.#sight.observe(this.node);
  }

  /** Decodes the graph; drawing begins when the cell comes in sight. Anything may be in the model. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const turn = ++this.#turn;
    this.#dropView();
    this.#graph = this.#memory = undefined;
    this.#losses = 0;
    this.#canBeLive = false;
    this.#setState("loading");
    this.#frame.setMessage("");
    this.#picture = pictureUrl(model.data["image/png"]);
    const payload = model.data[this.#mimeType];
    try {
      const graph = await decodeGraphPayload(payload);
      if (turn !== this.#turn || this.isDisposed) return;
      this.#graph = graph;
    } catch (error) {
      if (turn === this.#turn && !this.isDisposed) this.#fail((error as Error).message);
      return;
    }
    this.#notes = payload as unknown as GraphPayload;
    const { name, heightPx } = this.#notes;
    this.node.dataset.nodes = String(this.#graph.nodeCount);
    this.node.dataset.edges = String(this.#graph.edgeCount);
    this.#frame.setName(typeof name === "string" ? name.slice(0, 200) : "");
    const isHeight = typeof heightPx === "number" && heightPx >= 120 && heightPx <= 2000;
    this.#frame.setHeight(isHeight ? heightPx : defaultHeightPx);
    this.#frame.setStatus(this.#counts);
    if (this.#graph.nodeCount > liveLimits.nodes || this.#graph.edgeCount > liveLimits.edges) {
      this.#frame.showPicture(this.#picture);
      this.#frame.setMessage(
        "This graph is too large to move in a page; this is its picture.\nPlot a part of it to explore.",
      );
      this.#setState("settled");
      return;
    }
    if (this.#graph.nodeCount === 0) {
      this.#frame.showPicture(undefined);
      this.#frame.setMessage("This graph has no nodes: no row had both a source and a destination.");
      this.#setState("settled");
      return;
    }
    this.#canBeLive = true;
    if (this.unseenSince === undefined) await this.#start();
  }

  yieldContext(): void {
    if (this.#view === undefined) return;
    this.#memory = this.#view.memory;
    const snapshot = this.#view.snapshot();
    this.#dropView();
    this.#frame.showPicture(snapshot);
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#turn++;
    this.#sight.disconnect();
    this.#stopTheme();
    this.#dropView();
    super.dispose();
  }

  get #counts(): string {
    return describeCounts(this.#graph!.nodeCount, this.#graph!.edgeCount);
  }

  #seen(isInSight: boolean): void {
    this.unseenSince = isInSight ? undefined : performance.now();
    this.#view?.setHidden(!isInSight);
    if (isInSight && this.#view === undefined) void this.#start();
  }

  async #start(): Promise<void> {
    if (this.#graph === undefined || !this.#canBeLive || this.#isStarting) return;
    const turn = this.#turn;
    this.#isStarting = true;
    try {
      const { GraphView } = await import("./view/graph-view.ts");
      if (turn !== this.#turn || this.isDisposed || this.unseenSince !== undefined) return;
      if (!contextPool.acquire(this)) {
        this.#frame.showPicture(this.#picture);
        this.#frame.setMessage(
          "Eight graphs are live already; scroll one out of sight, and come back to this one.",
        );
        this.#setState("settled");
        return;
      }
      this.#frame.stage.hidden = false;
      this.#frame.setMessage(this.#droppedNote);
      this.#memory ??=
        this.#notes.play === false ? { positions: this.#graph.position, isRunning: false } : undefined;
      const running = (isRunning: boolean): void => this.#setRunning(isRunning);
      const failed = (problem: string): void => this.#lose(problem);
      this.#view = new GraphView(this.#frame.stage, this.#graph, { running, failed }, this.#memory);
      this.#setRunning(this.#view.isRunning);
    } catch (error) {
      this.#fail(
        `The graph can't be drawn live here (${(error as Error).message}).\nOpen the notebook in a browser with WebGL2.`,
      );
    } finally {
      this.#isStarting = false;
    }
    if (turn !== this.#turn && !this.isDisposed && this.unseenSince === undefined) await this.#start();
  }

  get #droppedNote(): string {
    const { droppedRows } = this.#notes;
    if (typeof droppedRows !== "number" || droppedRows <= 0) return "";
    const count = droppedRows.toLocaleString("en-US");
    return `${count} ${droppedRows === 1 ? "row" : "rows"} without a source, destination or id left out.`;
  }

  #setRunning(isRunning: boolean): void {
    // The view reports its first start before it is kept here.
    const layout =
      this.#view === undefined ? "" : ` · ${this.#view.layoutDescription}${isRunning ? ", running" : ""}`;
    this.#frame.setStatus(this.#counts + layout);
    this.#frame.setControls(true, isRunning);
    this.#setState(isRunning ? "running" : "settled");
  }

  /** A view that lost its context is replaced by a new one, which goes on from its positions. */
  #lose(problem: string): void {
    const memory = this.#view?.memory;
    this.#dropView();
    this.#memory = memory;
    if (++this.#losses > maxLosses)
      return this.#fail(`The graph can't be drawn: ${problem}.\nReload the page to try again.`);
    this.#frame.setMessage("The graphics context was lost; drawing again.");
    const turn = this.#turn;
    setTimeout(() => {
      if (turn === this.#turn && !this.isDisposed && this.unseenSince === undefined) void this.#start();
    }, 300);
  }

  #fail(message: string): void {
    this.#canBeLive = false;
    this.#dropView();
    this.#frame.setHeight(defaultHeightPx);
    this.#frame.showPicture(this.#picture);
    this.#frame.setMessage(message);
    this.#setState("failed");
  }

  #dropView(): void {
    this.#view?.dispose();
    this.#view = undefined;
    this.#frame.setControls(false, false);
    contextPool.release(this);
  }

  #setState(state: State): void {
    this.node.dataset.state = state;
  }
}

/** The picture that the output holds beside the graph, if it is one; images run nothing. */
function pictureUrl(data: unknown): string | undefined {
  const isPng =
    typeof data === "string" && data.startsWith("iVBORw0KGgo") && /^[A-Za-z0-9+/=\s]*$/.test(data);
  return isPng ? `data:image/png;base64,${data}` : undefined;
}
