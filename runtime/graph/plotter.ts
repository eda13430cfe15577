import { inspect } from "node:util";
import { Job } from "../jobs/index.ts";
import { bindingNames, columnsOf, type Bindings } from "./bindings.ts";
import { buildGraph } from "./build-graph.ts";
import { openTable, type LocalData } from "./local-table.ts";
import { missingColumn } from "./missing-column.ts";
import { Plot } from "./plot.ts";
import { PlotError } from "./plot-error.ts";
import { fetchFrame, isSparkFrame, type SparkFrame } from "./spark-frame.ts";

/** How a graph cell is shown. */
export interface PlotSettings {
  /** Height of the cell in pixels, 120 to 2000; 480 by default. */
  height?: number;
  /** False: the layout waits for the play button. */
  play?: boolean;
}

interface PlotterState {
  readonly bindings: Bindings;
  readonly settings: PlotSettings;
  readonly name?: string;
  readonly edges?: LocalData | SparkFrame;
  readonly nodes?: LocalData | SparkFrame;
}

/** What to plot and how. Immutable: every call returns a new plotter and leaves this one as it is. */
export class Plotter {
  readonly #state: PlotterState;

  constructor(state: PlotterState = { bindings: {}, settings: {} }) {
    this.#state = state;
  }

  /**
   * Says which columns mean what, beside what is bound already. Reads no data.
   * @throws PlotError when a name isn't one of {@link Bindings}
   * @example graphistry.bind({ source: "src", destination: "dst" }).plot(frame)
   */
  bind(bindings: Bindings): Plotter {
    if (typeof bindings !== "object" || bindings === null || Array.isArray(bindings)) {
      const what = typeof bindings === "string" ? JSON.stringify(bindings) : inspect(bindings, { depth: 0 });
      throw new PlotError(
        `bind() takes an object of column names, and got ${what}.`,
        'Pass one: graphistry.bind({ source: "src", destination: "dst" })',
      );
    }
    for (const [name, column] of Object.entries(bindings)) {
      if (!(bindingNames as readonly string[]).includes(name)) {
        throw missingColumn(name, bindingNames, "bindings");
      }
      if (column !== undefined && typeof column !== "string") {
        throw new PlotError(
          `bind({ ${name} }) takes the name of a column, and got ${String(column)}.`,
          `Pass it as text: bind({ ${name}: "column" })`,
        );
      }
    }
    return this.#with({ bindings: { ...this.#state.bindings, ...bindings } });
  }

  /**
   * Sets the edges: one row each. Reads no data yet.
   * @param data Spark DataFrame, local frame, Arrow table or array of row objects
   * @param source column with the node an edge comes from; without it, as bound
   * @param destination column with the node an edge leads to; without it, as bound
   * @example graphistry.edges(df, "src", "dst").plot()
   */
  edges(data: LocalData | SparkFrame, source?: string, destination?: string): Plotter {
    return this.#with({ edges: data }).bind(given({ source, destination }));
  }

  /**
   * Sets the node table: one row a node, with what `pointTitle`, `pointColor` and the like name. Reads no data yet.
   * @param node column with the node's id; without it, as bound
   * @example graphistry.nodes(hosts, "host").bind({ pointColor: "site" }).edges(df, "src", "dst").plot()
   */
  nodes(data: LocalData | SparkFrame, node?: string): Plotter {
    return this.#with({ nodes: data }).bind(given({ node }));
  }

  /** Sets how the cell is shown, beside what is set already. */
  settings(settings: PlotSettings): Plotter {
    return this.#with({ settings: { ...this.#state.settings, ...settings } });
  }

  /** Sets the title of the plot. */
  name(name: string): Plotter {
    return this.#with({ name });
  }

  /**
   * Makes the graph: in this process from local data, after a job from a Spark DataFrame. In a notebook the result
   * shows itself, as an interactive graph where the extension is and as a picture elsewhere.
   * Rows without a source or destination are left out, and counted.
   * @param data the edges, if `edges()` didn't set them
   * @returns the plot; for a Spark DataFrame a promise of it
   * @throws PlotError when a column isn't there, with close names, or when source and destination aren't bound
   * @example graphistry.bind({ source: "host", destination: "user" }).plot(await df.toPandas())
   * @see https://pygraphistry.readthedocs.io/
   */
  plot(): Plot | Promise<Plot>;
  plot(data: LocalData): Plot;
  plot(data: SparkFrame): Promise<Plot>;
  plot(data?: LocalData | SparkFrame): Plot | Promise<Plot> {
    const { nodes, bindings } = this.#state;
    const edges = data ?? this.#state.edges;
    if (edges === undefined) {
      throw new PlotError(
        "There are no edges to plot.",
        "Pass them: .plot(frame), or .edges(frame, source, destination)",
      );
    }
    const absent = (["source", "destination"] as const).find((name) => bindings[name] === undefined);
    if (absent !== undefined) {
      throw new PlotError(
        `No column is bound as the ${absent} of the edges.`,
        'Bind both: graphistry.bind({ source: "src", destination: "dst" })',
      );
    }
    if (nodes !== undefined && bindings.node === undefined) {
      throw new PlotError("No column is bound as the id of the nodes.", 'Name it: .nodes(frame, "id")');
    }
    if (!isSparkFrame(edges) && !isSparkFrame(nodes)) return this.#plotLocal(edges, nodes);
    return Job.start(async () => {
      const [localEdges, localNodes] = await Promise.all([
        isSparkFrame(edges) ? fetchFrame(edges, columnsOf(bindings, "edge"), "edges") : edges,
        isSparkFrame(nodes) ? fetchFrame(nodes, columnsOf(bindings, "node"), "nodes") : nodes,
      ]);
      return this.#plotLocal(localEdges, localNodes);
    });
  }

  #plotLocal(edges: LocalData, nodes: LocalData | undefined): Plot {
    const { bindings, settings, name } = this.#state;
    const edgeTable = openTable(edges, columnsOf(bindings, "edge"), "edges");
    const nodeTable =
      nodes === undefined ? undefined : openTable(nodes, columnsOf(bindings, "node"), "nodes");
    return new Plot(buildGraph(edgeTable, nodeTable, bindings), settings, name);
  }

  #with(change: Partial<PlotterState>): Plotter {
    return new Plotter({ ...this.#state, ...change });
  }
}

const given = (bindings: Bindings): Bindings =>
  Object.fromEntries(Object.entries(bindings).filter(([, column]) => column !== undefined));
