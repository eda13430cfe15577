// The values of functions in rows, as TypeScript, where they don't depend on the arguments' types.
import type { Registry } from "./spark-registry.ts";
import type { Signature } from "./signature.ts";

const byType: Readonly<Record<string, string>> = {
  string: "string",
  boolean: "boolean",
  tinyint: "number",
  smallint: "number",
  int: "number",
  float: "number",
  double: "number",
  bigint: "number | bigint",
  date: "Date",
  timestamp: "Timestamp",
  timestamp_ntz: "Timestamp",
  binary: "Uint8Array",
};

/** Of functions of several arguments, or whose one argument isn't a column. */
const ofMore: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    string:
      "array_join concat_ws conv date_format decode format_number format_string from_unixtime get_json_object mask printf quote randstr regexp_extract regexp_replace regexp_substr repeat replace sha2 soundex split_part substring_index to_char to_varchar translate parse_url try_parse_url xpath_string schema_of_json schema_of_csv schema_of_xml uuid",
    boolean:
      "array_contains arrays_overlap contains endswith startswith equal_null exists forall ilike like regexp regexp_like rlike map_contains_key xpath_boolean",
    int: "bit_get getbit date_diff datediff find_in_set instr levenshtein locate position regexp_count regexp_instr ntile grouping spark_partition_id xpath_int",
    smallint: "xpath_short",
    bigint:
      "array_position count_distinct regr_count timestampdiff unix_timestamp to_unix_timestamp grouping_id width_bucket monotonically_increasing_id input_file_block_length input_file_block_start xpath_long",
    double:
      "atan2 corr covar_pop covar_samp cume_dist e pi hypot power months_between percent_rank rand randn regr_avgx regr_avgy regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy xpath_double xpath_number kll_sketch_get_rank_double product",
    float: "xpath_float",
    date: "add_months curdate current_date date_add dateadd date_sub last_day make_date next_day trunc",
    timestamp:
      "current_timestamp now date_trunc from_utc_timestamp to_utc_timestamp make_timestamp_ltz try_make_timestamp_ltz",
    timestamp_ntz: "localtimestamp",
    binary: "encode aes_encrypt aes_decrypt try_aes_decrypt count_min_sketch",
  }).flatMap(([type, names]) => names.split(" ").map((name) => [name, type])),
);

/** They give several columns. */
const generators = ["inline", "inline_outer", "posexplode", "posexplode_outer", "json_tuple", "stack"];
const ranks = ["dense_rank", "rank", "row_number"];
const neverNull = new Set([
  ..."count_distinct curdate current_date current_timestamp now localtimestamp e pi rand randn".split(" "),
  ..."equal_null monotonically_increasing_id spark_partition_id cume_dist percent_rank ntile uuid".split(" "),
  ...ranks,
]);

const ofColumn: Readonly<Record<string, string>> = {
  sum: "SumOf<ValueOf<C>>",
  avg: "MeanOf<ValueOf<C>>",
  mean: "MeanOf<ValueOf<C>>",
  collect_list: "ListOf<ValueOf<C>>",
  collect_set: "ListOf<ValueOf<C>>",
  array_agg: "ListOf<ValueOf<C>>",
  map_keys: "KeysOf<ValueOf<C>>",
  map_values: "ValuesOf<ValueOf<C>>",
};

export interface Result {
  /** Whether the type speaks of C, the type of the first argument. */
  readonly isGeneric: boolean;
  readonly type: string;
}

/** The type of the Column that a function gives. */
export function resultOf(
  { pyspark, sparkName, isDistinct, parameters }: Signature,
  registry: Registry,
): Result {
  const { name: pysparkName } = pyspark;
  if (generators.includes(pysparkName)) return { isGeneric: false, type: "Column" };
  if (ranks.includes(pysparkName)) return { isGeneric: false, type: "Column<string, number>" };
  const required = parameters.filter(({ isOptional }) => !isOptional);
  const isOfColumn = required.length === 1 && required[0].kind === "Column" && !required[0].isVariadic;
  const entry = registry[sparkName];
  const isNamed = isOfColumn && parameters.length === 1 && entry?.isNamedSo === true && !isDistinct;
  const name = isNamed ? `CallName<"${sparkName}", C>` : "string";
  const ruled = isOfColumn && !isDistinct ? ofColumn[sparkName] : undefined;
  const known =
    isOfColumn && entry?.type !== undefined && entry.type !== "same" ? byType[entry.type] : undefined;
  const isAlike = isOfColumn && entry?.type === "same" && !isDistinct;
  const listed = ofMore[pysparkName] ?? ofMore[sparkName];
  const orNull = entry?.isNeverNull || neverNull.has(pysparkName) ? "" : " | null";
  const value =
    ruled ??
    (isAlike
      ? `ValueOf<C>${orNull}`
      : known !== undefined
        ? `${known}${orNull}`
        : listed !== undefined
          ? `${byType[listed]}${orNull}`
          : undefined);
  if (value === undefined && !isNamed) return { isGeneric: false, type: "Column" };
  const type = value === undefined ? `Column<${name}>` : `Column<${name}, ${value}>`;
  return { isGeneric: /\bC\b/.test(type), type };
}
