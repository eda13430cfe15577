// Commands that change tables: DataFrameWriterV2's and MERGE INTO.
import { create } from "@bufbuild/protobuf";
import {
  type Command,
  CommandSchema,
  WriteOperationV2_Mode as WriteMode,
} from "../connect/generated/commands_pb.js";
import {
  type Expression,
  ExpressionSchema,
  MergeAction_ActionType as ActionType,
} from "../connect/generated/expressions_pb.js";
import type { Relation } from "../connect/generated/relations_pb.js";

export { ActionType, WriteMode };

export interface WriteV2Arguments {
  readonly input: Relation;
  readonly tableName: string;
  readonly mode: WriteMode;
  readonly provider?: string;
  readonly options: Readonly<Record<string, string>>;
  readonly tableProperties: Readonly<Record<string, string>>;
  readonly partitioningColumns: readonly Expression[];
  readonly clusteringColumns: readonly string[];
  /** The rows that `overwrite` replaces. */
  readonly overwriteCondition?: Expression;
}

export function writeV2(args: WriteV2Arguments): Command {
  const value = {
    ...args,
    options: { ...args.options },
    tableProperties: { ...args.tableProperties },
    partitioningColumns: [...args.partitioningColumns],
    clusteringColumns: [...args.clusteringColumns],
  };
  return create(CommandSchema, { commandType: { case: "writeOperationV2", value } });
}

/** What MERGE does with rows: the assignments are of columns of the target, by name. */
export function mergeAction(
  actionType: ActionType,
  condition?: Expression,
  assignments: readonly (readonly [key: Expression, value: Expression])[] = [],
): Expression {
  return create(ExpressionSchema, {
    exprType: {
      case: "mergeAction",
      value: { actionType, condition, assignments: assignments.map(([key, value]) => ({ key, value })) },
    },
  });
}

export interface MergeArguments {
  readonly source: Relation;
  readonly targetTableName: string;
  readonly condition: Expression;
  readonly matched: readonly Expression[];
  readonly notMatched: readonly Expression[];
  readonly notMatchedBySource: readonly Expression[];
  readonly withSchemaEvolution: boolean;
}

export function mergeInto(args: MergeArguments): Command {
  const { targetTableName, withSchemaEvolution } = args;
  return create(CommandSchema, {
    commandType: {
      case: "mergeIntoTableCommand",
      value: {
        targetTableName,
        sourceTablePlan: args.source,
        mergeCondition: args.condition,
        matchActions: [...args.matched],
        notMatchedActions: [...args.notMatched],
        notMatchedBySourceActions: [...args.notMatchedBySource],
        withSchemaEvolution,
      },
    },
  });
}
