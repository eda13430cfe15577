import type { Relation } from "../connect/generated/relations_pb.js";

/** Relations whose rows come in the order of their input's. */
const orderly = new Set([
  "project",
  "filter",
  "limit",
  "offset",
  "tail",
  "withColumns",
  "withColumnsRenamed",
  "toDf",
  "drop",
  "subqueryAlias",
  "hint",
  "fillNa",
  "dropNa",
  "replace",
  "toSchema",
]);

/** Whether the rows of a plan come in an order that it was asked for. */
export function isOrdered({ relType }: Relation): boolean {
  if (relType.case === "sort") return relType.value.isGlobal ?? false;
  if (relType.case === "withRelations")
    return relType.value.root !== undefined && isOrdered(relType.value.root);
  if (!orderly.has(relType.case ?? "")) return false;
  const { input } = relType.value as { input?: Relation };
  return input !== undefined && isOrdered(input);
}
