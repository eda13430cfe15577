// What the lengths of time share: signs, padding and units.
import { PlanError } from "../../connect/plan-error.ts";

/** Microseconds of each unit of a day. */
export const microsPer = {
  days: 86_400_000_000n,
  hours: 3_600_000_000n,
  minutes: 60_000_000n,
  seconds: 1_000_000n,
  milliseconds: 1000n,
  microseconds: 1n,
} as const;

export type DayTimeUnit = keyof typeof microsPer;

/** Amounts of units as microseconds; each may be negative. */
export function microsOfUnits(amounts: Readonly<Partial<Record<DayTimeUnit, number | bigint>>>): bigint {
  let micros = 0n;
  for (const [unit, amount] of Object.entries(amounts)) {
    if (!Object.hasOwn(microsPer, unit)) {
      throw new PlanError(
        `An interval was given ${unit}.`,
        `Pass some of ${Object.keys(microsPer).join(", ")}, as in { days: 1, hours: 2 }.`,
      );
    }
    if (typeof amount !== "bigint" && !Number.isSafeInteger(amount)) {
      throw new PlanError(
        `An interval was given ${unit}: ${amount}.`,
        `Pass whole numbers, smaller units for the rest.`,
      );
    }
    micros += BigInt(amount) * microsPer[unit as DayTimeUnit];
  }
  if (BigInt.asIntN(64, micros) !== micros) {
    throw new PlanError(`An interval of ${micros} microseconds is too long.`, `The longest has 2^63 - 1.`);
  }
  return micros;
}

/** "04.000005", "04": seconds of a minute with no more digits than they have. */
export function secondsText(micros: bigint): string {
  const seconds = String(micros / 1_000_000n).padStart(2, "0");
  const fraction = String(micros % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return fraction === "" ? seconds : `${seconds}.${fraction}`;
}

/** "2 hours 3 minutes 4.5 seconds", each part with the sign of the whole. */
export function dayTimeWords(micros: bigint): string[] {
  const sign = micros < 0n ? "-" : "";
  const size = micros < 0n ? -micros : micros;
  const hours = size / microsPer.hours;
  const minutes = (size / microsPer.minutes) % 60n;
  const seconds = secondsText(size % microsPer.minutes).replace(/^0(?=\d)/, "");
  const words: string[] = [];
  if (hours > 0n) words.push(`${sign}${hours} hours`);
  if (minutes > 0n) words.push(`${sign}${minutes} minutes`);
  if (seconds !== "0") words.push(`${sign}${seconds} seconds`);
  return words;
}
