// Relations of plans: arguments in, protobuf messages out, no I/O. The only place that knows their shapes.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Expression } from "../connect/generated/expressions_pb.js";
import {
  Aggregate_GroupType as GroupType,
  Join_JoinType as JoinType,
  Parse_ParseFormat as ParseFormat,
  type ParseSchema,
  type Relation,
  RelationSchema,
  SetOperation_SetOpType as SetOpType,
} from "../connect/generated/relations_pb.js";
import { asSortOrder, literalValue } from "./expression.ts";
import { subqueriesIn } from "./subquery.ts";
import { wellFormed } from "../connect/well-formed.ts";

export { GroupType, JoinType, SetOpType };
export type { Relation };

let nextPlanId = 1n;

/** A relation of the given shape, with an id that columns can refer to. */
export function relation(relType: NonNullable<MessageInitShape<typeof RelationSchema>["relType"]>): Relation {
  return create(RelationSchema, { common: { planId: nextPlanId++ }, relType });
}

/** Like {@link relation}, with the plans that subqueries in its expressions stand for beside it. */
export function relationOver(
  expressions: readonly Expression[],
  relType: NonNullable<MessageInitShape<typeof RelationSchema>["relType"]>,
): Relation {
  const root = relation(relType);
  const references = subqueriesIn(expressions);
  return references.length === 0 ? root : relation({ case: "withRelations", value: { root, references } });
}

/** A relation whose content is not known yet; {@link fill} gives it. */
export function pendingRelation(): Relation {
  return create(RelationSchema, { common: { planId: nextPlanId++ } });
}

/** Gives a {@link pendingRelation} its content; plans that hold it already see it. */
export function fill(pending: Relation, answer: Relation): void {
  pending.relType = answer.relType;
}

export function planIdOf(input: Relation): bigint | undefined {
  return input.common?.planId;
}

type Options = Record<string, string>;

/** Files in a format, such as "parquet". `schema` is DDL or the JSON of Spark. */
export function readFiles(
  format: string | undefined,
  paths: string[],
  schema?: string,
  options: Options = {},
): Relation {
  const dataSource = { format, paths, schema, options };
  return relation({ case: "read", value: { readType: { case: "dataSource", value: dataSource } } });
}

/** A source that says by itself where to read, or that is asked with several conditions, one a partition. */
export function readSource(
  format: string | undefined,
  schema: string,
  options: Options,
  predicates: string[] = [],
): Relation {
  const dataSource = { format, schema, options, predicates };
  return relation({ case: "read", value: { readType: { case: "dataSource", value: dataSource } } });
}

/** Text in a column, read as if it were the lines of a file. */
export function parseText(
  input: Relation,
  format: "csv" | "json" | "xml",
  schema: MessageInitShape<typeof ParseSchema>["schema"],
  options: Options,
): Relation {
  const formats = { csv: ParseFormat.CSV, json: ParseFormat.JSON, xml: ParseFormat.XML };
  return relation({ case: "parse", value: { input, format: formats[format], schema, options } });
}

/** What changed in a table, for sources that keep that. */
export function tableChanges(name: string, options: Options = {}): Relation {
  return relation({ case: "relationChanges", value: { unparsedIdentifier: name, options } });
}

export function readTable(name: string, options: Options = {}): Relation {
  const namedTable = { unparsedIdentifier: name, options };
  return relation({ case: "read", value: { readType: { case: "namedTable", value: namedTable } } });
}

/** Rows sent with the plan, as an Arrow stream. `schema` is the JSON of Spark. */
export function localRelation(data: Uint8Array | undefined, schema: string): Relation {
  return relation({ case: "localRelation", value: { data, schema } });
}

/** Rows that the server has already, in pieces; each is named by the SHA-256 of its bytes. */
export function chunkedRelation(dataHashes: string[], schemaHash: string): Relation {
  return relation({ case: "chunkedCachedLocalRelation", value: { dataHashes, schemaHash } });
}

export function range(start: number, end: number, step: number, numPartitions?: number): Relation {
  const value = { start: BigInt(start), end: BigInt(end), step: BigInt(step), numPartitions };
  return relation({ case: "range", value });
}

export function project(input: Relation, expressions: Expression[]): Relation {
  return relationOver(expressions, { case: "project", value: { input, expressions } });
}

export function filter(input: Relation, condition: Expression): Relation {
  return relationOver([condition], { case: "filter", value: { input, condition } });
}

export function limit(input: Relation, rowCount: number): Relation {
  return relation({ case: "limit", value: { input, limit: rowCount } });
}

/** The last rows. */
export function tail(input: Relation, rowCount: number): Relation {
  return relation({ case: "tail", value: { input, limit: rowCount } });
}

export function offset(input: Relation, rowCount: number): Relation {
  return relation({ case: "offset", value: { input, offset: rowCount } });
}

export function sort(input: Relation, order: Expression[], isGlobal = true): Relation {
  const value = { input, order: order.map(asSortOrder), isGlobal };
  return relationOver(order, { case: "sort", value });
}

export interface AggregateArguments {
  readonly input: Relation;
  readonly grouping: Expression[];
  readonly aggregates: Expression[];
  readonly groupType?: GroupType;
  /** Without values the engine looks which there are. */
  readonly pivot?: { readonly column: Expression; readonly values?: readonly unknown[] };
  readonly sets?: readonly Expression[][];
}

export function aggregate(args: AggregateArguments): Relation {
  const { input, grouping, aggregates, groupType = GroupType.GROUPBY, pivot, sets = [] } = args;
  const parts = [...grouping, ...aggregates, ...(pivot ? [pivot.column] : []), ...sets.flat()];
  return relationOver(parts, {
    case: "aggregate",
    value: {
      input,
      groupType: pivot ? GroupType.PIVOT : groupType,
      groupingExpressions: grouping,
      aggregateExpressions: aggregates,
      pivot: pivot && { col: pivot.column, values: pivot.values?.map(literalValue) },
      groupingSets: sets.map((groupingSet) => ({ groupingSet })),
    },
  });
}

export interface JoinArguments {
  readonly left: Relation;
  readonly right: Relation;
  readonly type: JoinType;
  readonly condition?: Expression;
  readonly using?: string[];
}

export function join({ left, right, type, condition, using = [] }: JoinArguments): Relation {
  const value = { left, right, joinType: type, joinCondition: condition, usingColumns: using };
  return relationOver(condition ? [condition] : [], { case: "join", value });
}

export interface SetOperationArguments {
  readonly left: Relation;
  readonly right: Relation;
  readonly type: SetOpType;
  readonly isAll: boolean;
  readonly byName?: boolean;
  readonly allowMissingColumns?: boolean;
}

export function setOperation(args: SetOperationArguments): Relation {
  const { left, right, type, isAll, byName = false, allowMissingColumns = false } = args;
  const value = { leftInput: left, rightInput: right, setOpType: type, isAll, byName, allowMissingColumns };
  return relation({ case: "setOp", value });
}

/** @param columns the columns that make a duplicate; none = all */
export function deduplicate(input: Relation, columns: string[], withinWatermark = false): Relation {
  const value = { input, columnNames: columns, allColumnsAsKeys: columns.length === 0, withinWatermark };
  return relation({ case: "deduplicate", value });
}

/** @param metadata JSON, for the one column that is given */
export function withColumns(
  input: Relation,
  columns: readonly (readonly [string, Expression])[],
  metadata?: string,
): Relation {
  const aliases = columns.map(([name, expr]) => ({ expr, name: [wellFormed(name)], metadata }));
  const expressions = columns.map(([, expression]) => expression);
  return relationOver(expressions, { case: "withColumns", value: { input, aliases } });
}

export function withColumnsRenamed(
  input: Relation,
  names: readonly (readonly [existing: string, name: string])[],
): Relation {
  const renames = names.map(([colName, newColName]) => ({ colName, newColName }));
  return relation({ case: "withColumnsRenamed", value: { input, renames } });
}

export function drop(input: Relation, columns: Expression[], columnNames: string[]): Relation {
  return relationOver(columns, { case: "drop", value: { input, columns, columnNames } });
}

export function toDF(input: Relation, columnNames: string[]): Relation {
  return relation({ case: "toDf", value: { input, columnNames } });
}

export function subqueryAlias(input: Relation, name: string): Relation {
  return relation({ case: "subqueryAlias", value: { input, alias: name } });
}

export function repartition(input: Relation, numPartitions: number, shuffle: boolean): Relation {
  return relation({ case: "repartition", value: { input, numPartitions, shuffle } });
}

/** Rows with equal values of the expressions, or ranges of them when they are sort orders, in the same partition. */
export function repartitionByExpression(
  input: Relation,
  partitionExprs: Expression[],
  numPartitions?: number,
): Relation {
  const value = { input, partitionExprs, numPartitions };
  return relationOver(partitionExprs, { case: "repartitionByExpression", value });
}

export interface SampleArguments {
  readonly input: Relation;
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly withReplacement: boolean;
  readonly seed: bigint;
  /** Sorts first, so that samples of one seed don't overlap. */
  readonly deterministicOrder?: boolean;
}

export function sample({ deterministicOrder = false, ...value }: SampleArguments): Relation {
  return relation({ case: "sample", value: { ...value, deterministicOrder } });
}

/** The first rows as the text table that `show()` prints. */
export function showString(input: Relation, numRows: number, truncate: number, vertical: boolean): Relation {
  return relation({ case: "showString", value: { input, numRows, truncate, vertical } });
}

/** @param args named parameters (`:name`) or positional ones (`?`) */
export function sqlQuery(
  query: string,
  args?: Readonly<Record<string, Expression>> | readonly Expression[],
): Relation {
  if (isList(args))
    return relation({ case: "sql", value: { query: wellFormed(query), posArguments: [...args] } });
  return relation({ case: "sql", value: { query: wellFormed(query), namedArguments: { ...args } } });
}

/** A query that refers to other relations by name. */
export function withRelations(root: Relation, references: Relation[]): Relation {
  return relation({ case: "withRelations", value: { root, references } });
}

/** A call of a function that gives a table. */
export function tableFunction(functionName: string, args: Expression[]): Relation {
  const value = { functionName, arguments: args };
  return relationOver(args, { case: "unresolvedTableValuedFunction", value });
}

function isList(args: unknown): args is readonly Expression[] {
  return Array.isArray(args);
}
