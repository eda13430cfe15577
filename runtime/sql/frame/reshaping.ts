// The arguments of unpivot, hint, withMetadata and to.
import { PlanError } from "../../connect/plan-error.ts";
import { call, type Expression, literal } from "../../plan/expression.ts";
import { type Relation, withColumns } from "../../plan/relation.ts";
import { hint, toSchema, unpivot } from "../../plan/relation-shape.ts";
import { argumentError } from "../argument-error.ts";
import { textArgument } from "../text-argument.ts";
import { Column } from "../column.ts";
import { columnList } from "../column-list.ts";
import { isPlainObject, keywordArguments } from "../keyword-arguments.ts";
import { parseDDL } from "../parse-ddl.ts";
import { typeMessage } from "../type-message.ts";
import { StructType } from "../types.ts";

type Make = (input: Relation) => Relation;

const unpivotNames = ["ids", "values", "variableColumnName", "valueColumnName"] as const;

/** `unpivot(ids, values, variableColumnName, valueColumnName)`. */
export function unpivoted(args: readonly unknown[]): Make {
  const given = keywordArguments("unpivot", unpivotNames, args);
  const example = 'df.unpivot("id", ["a", "b"], "name", "value")';
  const { ids, values } = given;
  if (ids === undefined || ids === null) {
    throw argumentError("unpivot", ids, `a column, or an array of them: ${example}`, "ids");
  }
  const columns = {
    ids: columnList("unpivot", Array.isArray(ids) ? [ids] : [[ids]]),
    values:
      values === undefined || values === null
        ? undefined
        : columnList("unpivot", Array.isArray(values) ? [values] : [[values]]),
    variableColumnName: textArgument(
      "unpivot",
      given.variableColumnName,
      `a name: ${example}`,
      "variableColumnName",
    ),
    valueColumnName: textArgument("unpivot", given.valueColumnName, `a name: ${example}`, "valueColumnName"),
  };
  return (input) => unpivot({ input, ...columns });
}

/** `hint(name, ...parameters)`. */
export function hinted(name: unknown, parameters: readonly unknown[]): Make {
  const text = textArgument("hint", name, 'a hint\'s name: df.hint("broadcast")', "name");
  const [first] = parameters;
  const list: readonly unknown[] = parameters.length === 1 && Array.isArray(first) ? first : parameters;
  const expressions = list.map(hintParameter);
  return (input) => hint(input, text, expressions);
}

function hintParameter(parameter: unknown): Expression {
  if (parameter instanceof Column) return parameter.expression;
  if (Array.isArray(parameter)) return call("array", parameter.map(hintParameter));
  if (typeof parameter === "string" || typeof parameter === "number") return literal(parameter);
  throw argumentError("hint", parameter, 'text, numbers or Columns: df.hint("rebalance", 8)', "a parameter");
}

/** `withMetadata(columnName, metadata)`, of a column of `frame`. */
export function withMetadata(columnName: string, column: Expression, metadata: unknown): Make {
  if (!isPlainObject(metadata)) {
    const remedy = 'an object: df.withMetadata("n", { unit: "s" })';
    throw argumentError("withMetadata", metadata, remedy, "metadata");
  }
  const text = JSON.stringify(metadata);
  return (input) => withColumns(input, [[columnName, column]], text);
}

/** `to(schema)`. */
export function conformed(schema: unknown): Make {
  const type = typeof schema === "string" ? parseDDL(schema) : schema;
  if (!(type instanceof StructType)) {
    throw argumentError("to", schema, 'a StructType, or DDL: df.to("host string, n bigint")', "schema");
  }
  const message = typeMessage(type);
  if (typeof message !== "string") return (input) => toSchema(input, message);
  throw new PlanError(
    `to() can't send the type ${message}.`,
    "Cast its columns one by one with col(name).cast(type).",
  );
}
