import { expect, test } from "vitest";
import { utf8Column } from "../../runtime/wire/utf8-column.ts";
import { describeCounts, describeEdge, describeNode } from "./describe.ts";
import { shortened } from "./labels.ts";

const graph = {
  nodeCount: 2,
  edgeCount: 1,
  nodeId: utf8Column(2, (i) => ["10.0.0.1", ""][i]),
  edges: new Uint32Array([0, 1]),
  pointTitle: utf8Column(2, (i) => ["gateway", ""][i]),
  edgeWeight: new Float32Array([1234.5]),
};

test("says what nodes, edges and graphs are", () => {
  expect(describeCounts(1, 5678)).toBe("1 node · 5,678 edges");
  expect(describeNode(graph, 0, 1200)).toEqual(["gateway", "10.0.0.1", "degree 1,200"]);
  expect(describeNode(graph, 1, 0)).toEqual(["(empty)", "degree 0"]);
  expect(describeEdge(graph, 0)).toEqual(["gateway → ", "weight 1,234.5"]);
});

test("shortens a label to what tells it from others", () => {
  expect(shortened("C:\\Windows\\System32\\wbem\\WmiPrvSE.exe")).toBe("…\\WmiPrvSE.exe");
  expect(shortened("a".repeat(40))).toBe(`${"a".repeat(27)}…`);
  expect(shortened("two\nlines")).toBe("two lines");
  expect([...shortened("🙂".repeat(5_000_000))].length).toBe(28);
});
