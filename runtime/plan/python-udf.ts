// Functions of ours that run in the engine's Python, as expressions, table functions and commands.
import { create } from "@bufbuild/protobuf";
import { type Command, CommandSchema } from "../connect/generated/commands_pb.js";
import {
  type CommonInlineUserDefinedFunction,
  CommonInlineUserDefinedFunctionSchema,
  type Expression,
  ExpressionSchema,
  PythonUDFSchema,
} from "../connect/generated/expressions_pb.js";
import {
  CommonInlineUserDefinedTableFunctionSchema,
  PythonUDTFSchema,
} from "../connect/generated/relations_pb.js";
import { dataType, type TypeJson } from "./data-type.ts";
import { type Relation, relation } from "./relation.ts";

/** PythonEvalType: https://github.com/apache/spark/blob/master/python/pyspark/util.py */
export const EvalType = {
  arrowBatched: 101,
  mapArrowIter: 207,
  groupedMapArrow: 209,
  cogroupedMapArrow: 210,
  scalarArrow: 250,
  groupedAggArrow: 252,
  arrowTable: 301,
  arrowUdtf: 302,
} as const;

export interface PythonFunction {
  readonly name: string;
  readonly evalType: number;
  readonly deterministic: boolean;
  readonly returns: TypeJson;
  /** The pickle; asked for when the plan is sent. */
  readonly command: () => Uint8Array;
  /** As the engine's workers want it; asked for when the plan is sent. */
  readonly pythonVersion: () => string;
}

function message(fn: PythonFunction, args: Expression[]): CommonInlineUserDefinedFunction {
  const { name, evalType, deterministic, returns } = fn;
  const value = create(PythonUDFSchema, { outputType: dataType(returns), evalType });
  const made = create(CommonInlineUserDefinedFunctionSchema, {
    functionName: name,
    deterministic,
    function: { case: "pythonUdf", value: late(value, fn) },
  });
  made.arguments = args; // the list itself: the names of columns may come later
  return made;
}

/** Which Python the engine has is known once it runs, and plans are made before that. */
function late<T extends object>(value: T, { command, pythonVersion }: PythonFunction): T {
  const property = (get: () => unknown) => ({ get, enumerable: true, configurable: true });
  return Object.defineProperties(value, {
    command: property(command),
    pythonVer: property(pythonVersion),
  });
}

/** A call of a function with columns. */
export function callFunction(fn: PythonFunction, args: Expression[]): Expression {
  return create(ExpressionSchema, {
    exprType: { case: "commonInlineUserDefinedFunction", value: message(fn, args) },
  });
}

/** Gives the session a function that SQL can call by its name. */
export function registerFunction(fn: PythonFunction): Command {
  return create(CommandSchema, { commandType: { case: "registerFunction", value: message(fn, []) } });
}

/** Each partition of the input through a function, in batches. */
export function mapBatches(input: Relation, fn: PythonFunction, columns: Expression[]): Relation {
  return relation({ case: "mapPartitions", value: { input, func: message(fn, columns) } });
}

/** Each group of the input through a function. */
export function groupMap(
  input: Relation,
  grouping: readonly Expression[],
  fn: PythonFunction,
  columns: Expression[],
): Relation {
  return relation({
    case: "groupMap",
    value: { input, groupingExpressions: [...grouping], func: message(fn, columns) },
  });
}

/** The groups of two inputs that have one key, through a function. */
export function coGroupMap(
  [input, inputGrouping]: readonly [Relation, readonly Expression[]],
  [other, otherGrouping]: readonly [Relation, readonly Expression[]],
  fn: PythonFunction,
): Relation {
  return relation({
    case: "coGroupMap",
    value: {
      input,
      inputGroupingExpressions: [...inputGrouping],
      other,
      otherGroupingExpressions: [...otherGrouping],
      func: message(fn, []),
    },
  });
}

function tableMessage(fn: PythonFunction, args: Expression[]) {
  const { name, evalType, deterministic, returns } = fn;
  const value = create(PythonUDTFSchema, { returnType: dataType(returns), evalType });
  return create(CommonInlineUserDefinedTableFunctionSchema, {
    functionName: name,
    deterministic,
    arguments: args,
    function: { case: "pythonUdtf", value: late(value, fn) },
  });
}

/** The rows of a table function. */
export function callTableFunction(fn: PythonFunction, args: Expression[]): Relation {
  return relation({ case: "commonInlineUserDefinedTableFunction", value: tableMessage(fn, args) });
}

/** Gives the session a table function that SQL can call by its name. */
export function registerTableFunction(fn: PythonFunction): Command {
  return create(CommandSchema, {
    commandType: { case: "registerTableFunction", value: tableMessage(fn, []) },
  });
}
