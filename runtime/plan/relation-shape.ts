// Relations that give a table another shape, or say something of it.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Expression } from "../connect/generated/expressions_pb.js";
import type { DataTypeSchema } from "../connect/generated/types_pb.js";
import { type Relation, relation, relationOver } from "./relation.ts";

export interface UnpivotArguments {
  readonly input: Relation;
  readonly ids: Expression[];
  /** The columns that become rows; none = all but the ids. */
  readonly values?: Expression[];
  readonly variableColumnName: string;
  readonly valueColumnName: string;
}

export function unpivot({ input, ids, values, ...names }: UnpivotArguments): Relation {
  const value = { input, ids, values: values && { values }, ...names };
  return relationOver([...ids, ...(values ?? [])], { case: "unpivot", value });
}

/** @param indexColumns the column whose values become names; none = the first */
export function transpose(input: Relation, indexColumns: Expression[]): Relation {
  return relationOver(indexColumns, { case: "transpose", value: { input, indexColumns } });
}

export function toSchema(input: Relation, schema: MessageInitShape<typeof DataTypeSchema>): Relation {
  return relation({ case: "toSchema", value: { input, schema } });
}

export function hint(input: Relation, name: string, parameters: Expression[]): Relation {
  return relationOver(parameters, { case: "hint", value: { input, name, parameters } });
}

export function withWatermark(input: Relation, eventTime: string, delayThreshold: string): Relation {
  return relation({ case: "withWatermark", value: { input, eventTime, delayThreshold } });
}

/** The rows as they are, with aggregates of them told beside the result. */
export function collectMetrics(input: Relation, name: string, metrics: Expression[]): Relation {
  return relationOver(metrics, { case: "collectMetrics", value: { input, name, metrics } });
}

/** What an engine keeps under an id. */
export function cachedRemoteRelation(relationId: string): Relation {
  return relation({ case: "cachedRemoteRelation", value: { relationId } });
}
