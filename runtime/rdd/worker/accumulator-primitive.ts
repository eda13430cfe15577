/**
 * What an accumulator is where JavaScript wants a primitive value: its text.
 * @throws TypeError where a number is wanted: PySpark's `count += 1` would put a number in its place, in silence
 */
export function accumulatorPrimitive(accumulator: { toString(): string }, hint: string): string {
  if (hint === "string") return accumulator.toString();
  throw new TypeError(
    "An accumulator isn't a number. Add to it with count.add(1), and read count.value after the action.",
  );
}
