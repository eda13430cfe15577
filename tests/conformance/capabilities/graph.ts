import assert from "node:assert/strict";
import { graphistry, type SparkSession } from "../../../runtime/index.ts";
import { type Area, capability } from "./capability.ts";

export const graph: Area = {
  name: "Graph",
  capabilities: [
    capability("plot a local data frame", async (spark) => {
      const bundle = await shown(
        graphistry.bind({ source: "a", destination: "b" }).plot(await edges(spark).toPandas()),
      );
      assert.equal(bundle["text/plain"], "Graph: 3 nodes, 2 edges");
    }),
    capability("plot a Spark DataFrame, with a table of nodes", async (spark) => {
      const nodes = spark.createDataFrame([["x", "web"]], "node string, role string");
      const plot = graphistry
        .nodes(nodes, "node")
        .bind({ pointColor: "role" })
        .edges(edges(spark), "a", "b")
        .plot();
      const bundle = await shown(plot);
      assert.equal(bundle["text/plain"], "Graph: 3 nodes, 2 edges");
      assert.ok(bundle["image/png"]);
    }),
  ],
};

function edges(spark: SparkSession) {
  const rows = [
    ["x", "y"],
    ["y", "z"],
  ];
  return spark.createDataFrame(rows, "a string, b string");
}

async function shown(plot: unknown): Promise<Record<string, unknown>> {
  const graph = (await plot) as Record<symbol, () => Promise<Record<string, unknown>>>;
  return graph[Symbol.for("Jupyter.display")]();
}
