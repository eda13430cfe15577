import { call, cast, literal } from "../../plan/expression.ts";
import { isDrawnSeed } from "../drawn-seed.ts";
import type { CallRules } from "./call-rule.ts";

const asLong = (name: string) => (args: readonly Parameters<typeof cast>[0][]) =>
  cast(call(name, [...args]), "bigint");

/** Functions on numbers, where Sail differs. */
export const numbersForSail: CallRules = {
  // Sail knows no answer for null.
  isnan: ([value]) => call("coalesce", [call("isnan", [value]), literal(false)]),
  // Sail rounds halves away from zero.
  rint: ([value]) => call("bround", [cast(value, "double")]),
  // Sail takes text and int alone.
  conv: ([value, from, to]) => call("conv", [cast(value, "string"), from, to]),
  // Sail's are int.
  bitmap_bit_position: asLong("bitmap_bit_position"),
  bitmap_bucket_number: asLong("bitmap_bucket_number"),
  // Without the number that the client drew; one that was asked for Sail refuses.
  uuid: ([seed]) => (seed && isDrawnSeed(seed) ? call("uuid", []) : undefined),
  shuffle: ([array, seed]) => (seed && isDrawnSeed(seed) ? call("shuffle", [array]) : undefined),
};
