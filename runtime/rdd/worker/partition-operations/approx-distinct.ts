import { hashedBytes, portableHash } from "../portable-hash.ts";
import type { PartitionCall } from "./partition-operation.ts";

/** 64 MB of registers. */
const maxPrecision = 26;

/** The registers of a HyperLogLog++ sketch, which hyper-log-log.ts puts together and reads. */
export function* approxDistinct(records: Iterable<unknown>, { args }: PartitionCall): Generator<Uint8Array> {
  const { relativeSD } = args as { readonly relativeSD: number };
  const precision = Math.max(4, Math.ceil((2 * Math.log(1.054 / relativeSD)) / Math.log(2)));
  if (precision > maxPrecision) {
    throw new RangeError(
      `countApproxDistinct with the relative error ${relativeSD} would need 2^${precision} registers.\n` +
        "Pass 0.00013 or more, or count exactly: rdd.distinct().count()",
    );
  }
  const registers = new Uint8Array(2 ** precision);
  for (const record of records) addDistinct(registers, precision, record);
  yield registers;
}

// Spark's sketch takes the lower 32 bits of PySpark's hash, as text.
function addDistinct(registers: Uint8Array, precision: number, record: unknown): void {
  const code = portableHash(record);
  code.murmur(writeDigits(code.low() >>> 0));
  const register = code.highest(precision);
  const run = code.run(precision);
  if (registers[register] < run) registers[register] = run;
}

function writeDigits(value: number): number {
  const bytes = hashedBytes(10);
  let length = 1;
  for (let limit = 10; value >= limit; limit *= 10) length++;
  for (let at = length - 1, rest = value; at >= 0; at--) {
    const tenth = Math.floor(rest / 10);
    bytes[at] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return length;
}
