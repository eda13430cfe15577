import { Plotter } from "./plotter.ts";

/** Where plotting starts: `graphistry.bind({ source: "src", destination: "dst" }).plot(frame)`. */
class Graphistry extends Plotter {
  /**
   * Accepted so that notebooks written for a Graphistry server run as they are: graphs are drawn in the notebook, so
   * no server, account or key is needed and none is contacted. What is passed is not kept.
   */
  register(_options?: Readonly<Record<string, unknown>>): this {
    return this;
  }
}

/** Plots graphs in the notebook's own cells. */
export const graphistry = new Graphistry();
