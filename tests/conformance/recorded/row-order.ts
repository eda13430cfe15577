/** Whether the rows of a recorded case have an order: its frame ends in a sort, or in steps that keep one. */
export function isOrdered(text: string, plan: unknown): boolean {
  const sql = text.match(/spark\.sql\((["'`])([\s\S]*?)\1/)?.[2];
  let relation = plan as Record<string, Record<string, unknown>> | undefined;
  while (relation && typeof relation === "object") {
    if (relation.sort) return relation.sort.isGlobal === true;
    if (relation.read) return sql !== undefined && /\border by\b/i.test(withoutParentheses(sql));
    const keeping = keepers.find((name) => relation && name in relation);
    if (keeping === undefined) return false;
    relation = relation[keeping].input as typeof relation;
  }
  return false;
}

const keepers = [
  "project",
  "filter",
  "limit",
  "offset",
  "tail",
  "withColumns",
  "withColumnsRenamed",
  "drop",
  "toDf",
  "subqueryAlias",
  "toSchema",
  "fillNa",
  "dropNa",
  "replace",
];

// The ORDER BY of a window or a subquery orders nothing outside of it.
function withoutParentheses(sql: string): string {
  const inner = sql.replaceAll(/\([^()]*\)/g, "");
  return inner === sql ? sql : withoutParentheses(inner);
}
