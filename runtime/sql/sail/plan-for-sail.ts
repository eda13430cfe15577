// Plans for the embedded engine: calls that it lacks, or answers otherwise than Spark, as others of Spark's meaning.
import type { Plan } from "../../connect/generated/base_pb.js";
import type { Expression } from "../../connect/generated/expressions_pb.js";
import { alias } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { callForSail } from "./call-for-sail.ts";
import { sparkName } from "./spark-name.ts";
import { windowForSail } from "./window-for-sail.ts";
import { withParts } from "./with-parts.ts";

interface Message {
  readonly $typeName: string;
}

/** What was made here, which is not to be made again. */
const done = new WeakSet<Plan>();

/**
 * The plan with its calls as Sail has them; the same object where nothing differs. Text of SQL stays as it is.
 * @throws SparkError for what Sail would answer with other values than Spark
 */
export function planForSail(plan: Plan): Plan {
  if (done.has(plan)) return plan;
  const made = rewritten(plan) as Plan;
  done.add(made);
  return made;
}

// Constants and local data hold no calls, and may be large; what a table is partitioned by are no values.
const closed = new Set([
  "spark.connect.Expression.Literal",
  "spark.connect.DataType",
  "spark.connect.LocalRelation",
]);
const closedFields = new Set(["partitioningColumns", "schema", "castToType"]);

// Without recursion, as plans may be deep. What is known is this plan's alone: the next one may hold a frame's message with
// other content, rows in a cache.
function rewritten(root: Message): Message {
  const known = new Map<Message, Message>();
  const opened = new Set<Message>();

  function partFor(field: string, part: unknown): unknown {
    if (!isWalked(field, part)) return part;
    if (Array.isArray(part)) {
      const parts = part.map((each) => partFor(field, each));
      return parts.some((each, i) => each !== part[i]) ? parts : part;
    }
    return isMessage(part) ? known.get(part)! : withParts(part, partFor);
  }

  const open = [root];
  for (let message = open.at(-1); message; message = open.at(-1)) {
    if (!opened.has(message)) {
      opened.add(message);
      open.push(...messagesIn(message).filter((part) => !known.has(part)));
      continue;
    }
    open.pop();
    if (!known.has(message)) known.set(message, finished(message, withParts(message, partFor)));
  }
  return known.get(root)!;
}

/** The messages that a message is directly made of. */
function messagesIn(whole: object): Message[] {
  return Object.entries(whole).flatMap(([field, part]) => messagesAt(field, part));
}

function messagesAt(field: string, part: unknown): Message[] {
  if (!isWalked(field, part)) return [];
  if (Array.isArray(part)) return part.flatMap((each) => messagesAt(field, each));
  return isMessage(part) ? [part] : messagesIn(part);
}

/** Whether calls may be inside. */
function isWalked(field: string, part: unknown): part is object {
  return (
    typeof part === "object" &&
    part !== null &&
    !(part instanceof Uint8Array) &&
    !closedFields.has(field) &&
    !(isMessage(part) && closed.has(part.$typeName))
  );
}

function isMessage(part: object): part is Message {
  return "$typeName" in part;
}

function finished(original: Message, copy: Message): Message {
  switch (original.$typeName) {
    case "spark.connect.Expression":
      return expressionForSail(copy as Expression);
    case "spark.connect.Relation":
      return named(original as Relation, copy as Relation);
    default:
      return copy;
  }
}

function expressionForSail(expression: Expression): Expression {
  const { exprType } = expression;
  if (exprType.case === "unresolvedFunction") return callForSail(expression, exprType.value);
  if (exprType.case === "window") return windowForSail(expression, exprType.value);
  return expression;
}

// A column that nobody named is called after its expression: by Spark's name for the one that was written.
function named(original: Relation, copy: Relation): Relation {
  if (copy === original) return copy;
  const [before, after] = [original.relType, copy.relType];
  if (before.case === "project" && after.case === "project") {
    const expressions = allNamed(before.value.expressions, after.value.expressions);
    if (expressions === after.value.expressions) return copy;
    return { ...copy, relType: { case: "project", value: { ...after.value, expressions } } };
  }
  if (before.case === "aggregate" && after.case === "aggregate") {
    const groupingExpressions = allNamed(before.value.groupingExpressions, after.value.groupingExpressions);
    // A pivot with one aggregate calls its columns after the values alone.
    const aggregateExpressions = before.value.pivot
      ? after.value.aggregateExpressions
      : allNamed(before.value.aggregateExpressions, after.value.aggregateExpressions);
    const value = { ...after.value, groupingExpressions, aggregateExpressions };
    return { ...copy, relType: { case: "aggregate", value } };
  }
  return copy;
}

function allNamed(before: Expression[], after: Expression[]): Expression[] {
  if (before === after) return after;
  return after.map((expression, i) => {
    if (expression === before[i] || expression.exprType.case === "alias") return expression;
    const name = sparkName(before[i]);
    return name === undefined ? expression : alias(expression, name);
  });
}
