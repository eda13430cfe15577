/**
 * The bytes of columns, little-endian. All begins with the format (1 byte, 2), how many columns (uint32) and how long
 * they are (uint32, n); then each column is its kind (1 byte) and
 *
 * | kind | bytes |
 * | --- | --- |
 * | nulls, undefineds | none |
 * | sameInt | the one int32 |
 * | int8, int16, int32, float64, date | n numbers; dates as milliseconds |
 * | boolean | n bytes |
 * | latin1, utf16 | a column of lengths in characters, then the characters |
 * | optional | n bytes: 0 a value, 1 null, 2 undefined; then a column of the values |
 * | tuple | length (uint32), then a column for each place |
 * | list | a column of lengths, how many items there are in all (uint32), then a column of them |
 * | object | how many fields (uint32), a column of their names, then a column for each |
 * | row | the same as of an object: rows of a DataFrame, whose names may be there twice |
 * | v8 | length in bytes (uint32), then V8's bytes of the whole column, as in v8-records.ts |
 */
export const ColumnKind = {
  nulls: 0,
  undefineds: 1,
  sameInt: 2,
  int8: 3,
  int16: 4,
  int32: 5,
  float64: 6,
  date: 7,
  boolean: 8,
  latin1: 9,
  utf16: 10,
  optional: 11,
  tuple: 12,
  list: 13,
  object: 14,
  v8: 15,
  row: 16,
} as const;
