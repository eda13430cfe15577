import { PlanError } from "../connect/plan-error.ts";
import { dataType, type StructJson, type TypeJson } from "../plan/data-type.ts";
import { parseDDL } from "../sql/parse-ddl.ts";
import type { DataType } from "../sql/types.ts";

/** What stands for a type: DDL such as "int" or "a int, b string", or one of `types`. */
export type TypeLike = string | DataType;

/**
 * A type as it is sent.
 * @param method for messages
 */
export function returnType(method: string, type: TypeLike): TypeJson {
  const parsed = typeof type === "string" ? parsedType(method, type) : type;
  if (typeof parsed !== "object" || parsed === null || !("typeName" in parsed)) {
    throw new PlanError(
      `${method} was given ${parsed === null ? "null" : typeof parsed} as a type.`,
      'Pass DDL, "int" or "a int, b string", or a type: new types.IntegerType().',
    );
  }
  const json = parsed.jsonValue();
  const foreign = foreignType(json);
  if (foreign) {
    throw new PlanError(
      `${method} was given the type ${parsed.simpleString()}, and the engines' workers take no ${foreign.type} from functions.`,
      foreign.remedy,
    );
  }
  try {
    dataType(json);
  } catch (error) {
    throw new PlanError(
      `${method} was given the type ${parsed.simpleString()}, whose values functions can't make.`,
      "Return another type and cast the column: f(x).cast(…).",
      { cause: error },
    );
  }
  return json;
}

interface Foreign {
  readonly type: string;
  readonly remedy: string;
}

/** The first type within a type that Python's Arrow doesn't carry from a worker to an engine. */
function foreignType(json: TypeJson): Foreign | undefined {
  if (typeof json === "string") {
    if (json === "variant") {
      return {
        type: "VARIANT",
        remedy: 'Return the JSON as "string" and parse the column: parseJson(f(x)).',
      };
    }
    if (/^interval (?:year|month)/.test(json)) {
      return {
        type: "interval of years and months",
        remedy: 'Return the months as "int" and make the column: makeYmInterval(lit(0), f(x)).',
      };
    }
    if (json === "interval") {
      return { type: "calendar interval", remedy: 'Return "interval day to second" instead.' };
    }
    return undefined;
  }
  switch (json.type) {
    case "struct":
      return json.fields.map(({ type }) => foreignType(type)).find((found) => found);
    case "array":
      return foreignType(json.elementType);
    case "map":
      return foreignType(json.keyType) ?? foreignType(json.valueType);
    default:
      return undefined;
  }
}

/**
 * The schema of rows that a function makes.
 * @param method for messages
 */
export function rowSchema(method: string, schema: TypeLike): StructJson {
  if (schema === undefined || schema === null)
    throw new PlanError(`${method} was given no schema.`, 'Pass that of its rows: "host string, n int".');
  const json = returnType(method, typeof schema === "string" ? parseDDL(schema) : schema);
  if (typeof json === "object" && json.type === "struct") return json;
  throw new PlanError(
    `${method} was given the type ${String(schema)}, not a schema.`,
    'Pass columns with types: "host string, n int".',
  );
}

function parsedType(method: string, ddl: string): DataType {
  try {
    const { fields } = parseDDL(`_0 ${ddl}`);
    if (fields.length === 1 && fields[0].nullable) return fields[0].dataType;
  } catch {
    // Then it is a struct's columns.
  }
  try {
    return parseDDL(ddl);
  } catch (error) {
    throw new PlanError(
      `${method} was given the type "${ddl}", which isn't understood.`,
      'Write it as in SQL: "int", "array<string>", "decimal(10,2)", or "a int, b string" for a struct.',
      { cause: error },
    );
  }
}
