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
export function isOrdered(relation: Relation): boolean {
  return isGlobalSort(origin(relation));
}

/** The same, and of SQL whether they may. */
export function mayBeOrdered(relation: Relation): boolean {
  const source = origin(relation);
  const { relType } = source;
  return isGlobalSort(source) || (relType.case === "sql" && /\border\s+by\b/i.test(relType.value.query));
}

function isGlobalSort({ relType }: Relation): boolean {
  return relType.case === "sort" && (relType.value.isGlobal ?? false);
}

/** What gives a plan's rows their order. */
function origin(relation: Relation): Relation {
  const { relType } = relation;
  if (relType.case === "withRelations") return relType.value.root ? origin(relType.value.root) : relation;
  const { input } = (relType.value ?? {}) as { input?: Relation };
  return orderly.has(relType.case ?? "") && input ? origin(input) : relation;
}
