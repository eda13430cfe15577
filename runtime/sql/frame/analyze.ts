// Questions about a plan that the engine answers without running it.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ConnectClient } from "../../connect/client.ts";
import type { AnalyzePlanRequestSchema, AnalyzePlanResponse } from "../../connect/generated/base_pb.js";
import { argumentError } from "../argument-error.ts";
import { isPlainObject, keywordArguments } from "../keyword-arguments.ts";

type Question = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>["analyze"]>;
type Answer = Extract<AnalyzePlanResponse["result"], { value: unknown }>;

export type AnalyzeCase = Question["case"] & Answer["case"];
export type AnalyzeQuestion<K extends AnalyzeCase> = Extract<Question, { case?: K }>;
export type AnalyzeAnswer<K extends AnalyzeCase> = Extract<Answer, { case: K }>["value"];

/** What `read` makes of the engine's answer. */
export async function analyzed<K extends AnalyzeCase, T>(
  client: ConnectClient,
  question: AnalyzeQuestion<K>,
  read: (answer: AnalyzeAnswer<K>) => T,
): Promise<T> {
  const { result } = await client.analyze(question);
  if (result.case !== question.case)
    throw new Error(`The engine answered ${result.case}, not ${question.case}.`);
  return read(result.value as AnalyzeAnswer<K>);
}

/** The argument of `printSchema`; none, or 0, is the whole tree, as in PySpark. */
export function treeLevel(level: unknown): number | undefined {
  const depth = isPlainObject(level) ? keywordArguments("printSchema", ["level"], [level]).level : level;
  if (depth === undefined || depth === null || depth === 0) return undefined;
  if (Number.isInteger(depth) && (depth as number) > 0 && (depth as number) < 2 ** 31) return depth as number;
  throw argumentError("printSchema", depth, "a number of levels from 1 up", "level");
}
