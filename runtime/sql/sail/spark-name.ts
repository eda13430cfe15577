// What Spark calls a column that is an expression nobody named.
import {
  type Expression,
  type Expression_Literal,
  type Expression_SortOrder,
  Expression_SortOrder_NullOrdering as Nulls,
  Expression_SortOrder_SortDirection as Direction,
  type Expression_UnresolvedFunction,
} from "../../connect/generated/expressions_pb.js";

const infix: Readonly<Record<string, string>> = {
  "==": "=",
  and: "AND",
  or: "OR",
  ...Object.fromEntries(
    ["<=>", ">", ">=", "<", "<=", "+", "-", "*", "/", "%", "&", "|", "^", "||"].map((name) => [name, name]),
  ),
};

/** Functions that Spark writes in capitals. */
const capitals = new Set(
  (
    "acos acosh asin asinh atan atan2 atanh cbrt cos cosh cot csc degrees e exp expm1 hypot log log10 log1p " +
    "log2 pi power radians regexp regexp_like rlike sec signum sin sinh spark_partition_id sqrt tan tanh"
  ).split(" "),
);

/** Functions that Spark writes otherwise. */
const special: Readonly<Record<string, (args: readonly string[]) => string | undefined>> = {
  not: ([a]) => `(NOT ${a})`,
  "!": ([a]) => `(NOT ${a})`,
  positive: ([a]) => `(+ ${a})`,
  "~": ([a]) => `~${a}`,
  isnull: ([a]) => `(${a} IS NULL)`,
  isnotnull: ([a]) => `(${a} IS NOT NULL)`,
  in: ([a, ...values]) => `(${a} IN (${values.join(", ")}))`,
  like: ([a, pattern, escape]) => `${a} LIKE ${pattern}${escape === undefined ? "" : ` ESCAPE '${escape}'`}`,
  extract: ([field, from]) => `extract(${field} FROM ${from})`,
  datepart: ([field, from]) => `datepart(${field} FROM ${from})`,
  replace: ([a, search, by = ""]) => `replace(${a}, ${search}, ${by})`,
  array_agg: ([a]) => `collect_list(${a})`,
  uuid: () => "uuid()",
  shuffle: ([a]) => `shuffle(${a})`,
  approx_count_distinct: ([a]) => `approx_count_distinct(${a})`,
  from_xml: ([a]) => `from_xml(${a})`,
  assert_true: ([a, message]) => `assert_true(${a}, ${message ?? `'${a}' is not true!`})`,
  ceil: (args) => `${args.length > 1 ? "ceil" : "CEIL"}(${args.join(", ")})`,
  floor: (args) => `${args.length > 1 ? "floor" : "FLOOR"}(${args.join(", ")})`,
  convert_timezone: (args) => `convert_timezone(${["current_timezone()", ...args].slice(-3).join(", ")})`,
  current_time: ([precision = "6"]) => `current_time(${precision})`,
  try_make_timestamp: (args) => `try_make_timestamp(${args.slice(0, 6).join(", ")})`,
  from_csv: ([a]) => `from_csv(${a})`,
  schema_of_csv: ([a]) => `schema_of_csv(${a})`,
  schema_of_json: ([a]) => `schema_of_json(${a})`,
  schema_of_xml: ([a]) => `schema_of_xml(${a})`,
  from_json: ([a, schema]) =>
    /^map</i.test(schema) || /"type": ?"map"/.test(schema) ? "entries" : `from_json(${a})`,
  variant_get: ([a, path]) => `variant_get(${a}, ${path})`,
  try_variant_get: ([a, path]) => `try_variant_get(${a}, ${path})`,
  when: caseText,
};

// Their names hang on what their arguments are, or Spark gives them several columns.
const untold = new Set(
  (
    "explode explode_outer posexplode posexplode_outer inline inline_outer stack json_tuple window session_window " +
    "struct named_struct max min count first last first_value last_value any_value trim ltrim rtrim to_char to_varchar " +
    "to_json to_csv to_xml current_database dateadd ceiling pow ln mean var std mode collate try_make_timestamp_ntz"
  ).split(" "),
);

const isUntold = (name: string) => untold.has(name) || /^(?:hll|kll|theta|tuple|st)_/.test(name);

/** What Spark writes for arguments that were left out, from the second on. */
const defaults: Readonly<Record<string, readonly string[]>> = {
  bround: ["0"],
  listagg: ["NULL"],
  position: ["", "1"],
  regexp_extract_all: ["", "1"],
  regexp_instr: ["", "0"],
  regexp_replace: ["", "", "1"],
  round: ["0"],
  split: ["", "-1"],
  string_agg: ["NULL"],
  substr: ["", "2147483647"],
  to_unix_timestamp: ["yyyy-MM-dd HH:mm:ss"],
};

/** The column's name, where it can be told from the expression alone. */
export function sparkName(expression: Expression): string | undefined {
  const { exprType } = expression;
  // A cast of a column goes by the column's name.
  const isCastColumn =
    exprType.case === "cast" && exprType.value.expr?.exprType.case === "unresolvedAttribute";
  return textOf(isCastColumn ? exprType.value.expr : expression);
}

function textOf(expression: Expression | undefined): string | undefined {
  const { exprType } = expression ?? { exprType: { case: undefined } as Expression["exprType"] };
  switch (exprType.case) {
    case "unresolvedAttribute":
      return attributeName(exprType.value.unparsedIdentifier);
    case "literal":
      return literalName(exprType.value);
    case "unresolvedFunction":
      return callName(exprType.value);
    case "cast": {
      const { expr, castToType, evalMode } = exprType.value;
      const name = textOf(expr);
      if (
        name === undefined ||
        castToType.case !== "typeStr" ||
        !/^[a-z]+(\(\d+(,\d+)?\))?$/.test(castToType.value)
      )
        return undefined;
      const type =
        castToType.value === "integer" ? "int" : castToType.value === "long" ? "bigint" : castToType.value;
      return `${evalMode === 3 ? "TRY_CAST" : "CAST"}(${name} AS ${type.toUpperCase()})`;
    }
    case "window": {
      const { windowFunction, partitionSpec, orderSpec, frameSpec } = exprType.value;
      const parts = [textOf(windowFunction), ...partitionSpec.map(textOf), ...orderSpec.map(orderName)];
      if (frameSpec || parts.includes(undefined)) return undefined;
      return windowName(
        parts[0]!,
        parts.slice(1, 1 + partitionSpec.length),
        parts.slice(1 + partitionSpec.length),
      );
    }
    default:
      return undefined;
  }
}

function windowName(
  name: string,
  partition: readonly unknown[],
  order: readonly unknown[],
): string | undefined {
  if (!/^(?:sum|avg|collect_list|collect_set|approx_count_distinct|percentile_approx)\(/.test(name))
    return undefined;
  const keys = partition.length > 0 ? `PARTITION BY ${partition.join(", ")} ` : "";
  return order.length > 0
    ? `${name} OVER (${keys}ORDER BY ${order.join(", ")} RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`
    : `${name} OVER (${keys}ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;
}

function orderName({ child, direction, nullOrdering }: Expression_SortOrder): string | undefined {
  const name = textOf(child);
  const [isDown, isFirst] = [direction === Direction.DESCENDING, nullOrdering === Nulls.SORT_NULLS_FIRST];
  return name && `${name} ${isDown ? "DESC" : "ASC"} NULLS ${isFirst ? "FIRST" : "LAST"}`;
}

function callName({
  functionName,
  arguments: args,
  isDistinct,
}: Expression_UnresolvedFunction): string | undefined {
  const name = functionName.toLowerCase();
  const names = args.map(textOf);
  if (isUntold(name)) return undefined;
  if (name !== "uuid" && names.includes(undefined)) return undefined;
  const texts = names as string[];
  if (Object.hasOwn(infix, name) && texts.length === 2) return `(${texts[0]} ${infix[name]} ${texts[1]})`;
  if (Object.hasOwn(special, name)) return special[name](texts);
  const more = Object.hasOwn(defaults, name) ? defaults[name].slice(texts.length - 1) : [];
  const inside = [...texts, ...more].join(", ");
  return `${capitals.has(name) ? name.toUpperCase() : name}(${isDistinct ? "DISTINCT " : ""}${inside})`;
}

function caseText(args: readonly string[]): string {
  const branches: string[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) branches.push(`WHEN ${args[i]} THEN ${args[i + 1]}`);
  if (args.length % 2 === 1) branches.push(`ELSE ${args.at(-1)}`);
  return `CASE ${branches.join(" ")} END`;
}

// A name with a point is a field of a struct, or a column of a relation with a name: only the engine knows.
function attributeName(text: string): string | undefined {
  if (/^`(?:[^`]|``)+`$/.test(text)) return text.slice(1, -1).replaceAll("``", "`");
  return /[.`]/.test(text) ? undefined : text;
}

function literalName({ literalType }: Expression_Literal): string | undefined {
  switch (literalType.case) {
    case "null":
      return "NULL";
    case "string":
      return literalType.value;
    case "boolean":
    case "byte":
    case "short":
    case "integer":
    case "long":
      return String(literalType.value);
    case "double":
      return javaDouble(literalType.value);
    default:
      return undefined;
  }
}

// Java's text of a double: always with a point, in powers of ten below 0.001 and from ten millions.
function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7))
    return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits, power] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(power)}`;
}
