// What functions give that Spark's registry doesn't list, or lists under another function's name.
export const own: Readonly<Record<string, string>> = {
  bitwise_not: "Every bit of a whole number turned over.",
  bucket:
    "For a table's layout: `col` hashed into so many buckets. Only for `partitionedBy` of `df.writeTo(…)`.",
  years: "For a table's layout: one part per year. Only for `partitionedBy` of `df.writeTo(…)`.",
  months: "For a table's layout: one part per month. Only for `partitionedBy` of `df.writeTo(…)`.",
  days: "For a table's layout: one part per day. Only for `partitionedBy` of `df.writeTo(…)`.",
  hours: "For a table's layout: one part per hour. Only for `partitionedBy` of `df.writeTo(…)`.",
  count_distinct: "How many different values, or combinations of values, there are, those with a null aside.",
  sum_distinct: "The sum of the different values.",
  listagg_distinct:
    "The different values of the group as one text, nulls left out, with a separator between them.",
  string_agg_distinct:
    "The different values of the group as one text, nulls left out, with a separator between them.",
  product: "The product of the group's values, a double; nulls are left out.",
  timestamp_add:
    "A timestamp moved by a quantity of units: YEAR, MONTH, DAY, HOUR, MINUTE, SECOND and others.",
  timestamp_diff:
    "How many whole units lie between two timestamps: YEAR, MONTH, DAY, HOUR, MINUTE, SECOND and others.",
  unwrap_udt: "A column of a user-defined type as the type in which it is stored.",
  create_map: "A map of the columns, taken as keys and values in turn.",
  negate: "The number with its sign changed.",
  struct: "A struct of the columns, with their names.",
};
