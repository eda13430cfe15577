/** Pairs of the records at the same place. @throws TypeError when one side has more */
export function* zipped(left: Iterable<unknown[]>, right: Iterable<unknown[]>): Generator<unknown[]> {
  const others = flat(right);
  let count = 0;
  for (const block of left) {
    const pairs: unknown[] = [];
    for (const record of block) {
      const other = others.next();
      if (other.done) throw unequal(`the first has more than the ${count} of the second`);
      pairs.push([record, other.value]);
      count++;
    }
    yield pairs;
  }
  if (!others.next().done) throw unequal(`the second has more than the ${count} of the first`);
}

function* flat(blocks: Iterable<unknown[]>): Generator<unknown> {
  for (const block of blocks) yield* block;
}

function unequal(what: string): TypeError {
  return new TypeError(
    `zip() needs two RDDs with the same number of records in each partition, but ${what}. ` +
      "Join them by a key instead, such as that of zipWithIndex.",
  );
}
