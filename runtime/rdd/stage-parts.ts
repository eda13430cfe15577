import type { StageNode } from "./stage.ts";

/** Of which partitions of its inputs a partition of a node is made, in order. */
export function partsOf(node: StageNode, partition: number): (readonly [StageNode, number])[] {
  switch (node.kind) {
    case "union": {
      let first = 0;
      for (const { node: input, partitions } of node.inputs) {
        if (partition < first + partitions) return [[input, partition - first]];
        first += partitions;
      }
      return [];
    }
    case "zip":
      return [
        [node.left, partition],
        [node.right, partition],
      ];
    case "cartesian":
      return [
        [node.left, Math.floor(partition / node.rightPartitions)],
        [node.right, partition % node.rightPartitions],
      ];
    case "coalesce":
      return node.groups[partition].map((part) => [node.input, part] as const);
    default:
      return "input" in node && node.input ? [[node.input, partition]] : [];
  }
}

/** Which partitions of shuffles a partition of a node reads. */
export function shufflesRead(
  node: StageNode,
  partition: number,
): (readonly [id: number, partition: number])[] {
  if (node.kind === "shuffled") return node.shuffles.map(({ id }) => [id, partition] as const);
  return partsOf(node, partition).flatMap(([input, part]) => shufflesRead(input, part));
}
