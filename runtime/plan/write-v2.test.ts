import { toJson } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { CommandSchema } from "../connect/generated/commands_pb.js";
import { literal, sqlText } from "./expression.ts";
import { range } from "./relation.ts";
import { ActionType, mergeAction, mergeInto, WriteMode, writeV2 } from "./write-v2.ts";

const input = { ...range(0, 1, 1), common: undefined };

test("a table is overwritten where a condition holds", () => {
  const command = writeV2({
    input,
    tableName: "t",
    mode: WriteMode.OVERWRITE,
    provider: "delta",
    options: { a: "b" },
    tableProperties: { owner: "me" },
    partitioningColumns: [literal("date")],
    clusteringColumns: ["host"],
    overwriteCondition: literal(true),
  });
  expect(toJson(CommandSchema, command)).toEqual({
    writeOperationV2: {
      input: { range: { start: "0", end: "1", step: "1" } },
      tableName: "t",
      provider: "delta",
      partitioningColumns: [{ literal: { string: "date" } }],
      options: { a: "b" },
      tableProperties: { owner: "me" },
      mode: "MODE_OVERWRITE",
      overwriteCondition: { literal: { boolean: true } },
      clusteringColumns: ["host"],
    },
  });
});

test("MERGE INTO says what is done with each kind of rows", () => {
  const command = mergeInto({
    source: input,
    targetTableName: "t",
    condition: sqlText("t.id = s.id"),
    matched: [mergeAction(ActionType.UPDATE, literal(true), [[sqlText("n"), literal(1)]])],
    notMatched: [mergeAction(ActionType.INSERT_STAR)],
    notMatchedBySource: [mergeAction(ActionType.DELETE)],
    withSchemaEvolution: true,
  });
  expect(toJson(CommandSchema, command)).toEqual({
    mergeIntoTableCommand: {
      targetTableName: "t",
      sourceTablePlan: { range: { start: "0", end: "1", step: "1" } },
      mergeCondition: { expressionString: { expression: "t.id = s.id" } },
      matchActions: [
        {
          mergeAction: {
            actionType: "ACTION_TYPE_UPDATE",
            condition: { literal: { boolean: true } },
            assignments: [
              {
                key: { expressionString: { expression: "n" } },
                value: { literal: { integer: 1 } },
              },
            ],
          },
        },
      ],
      notMatchedActions: [{ mergeAction: { actionType: "ACTION_TYPE_INSERT_STAR" } }],
      notMatchedBySourceActions: [{ mergeAction: { actionType: "ACTION_TYPE_DELETE" } }],
      withSchemaEvolution: true,
    },
  });
});
