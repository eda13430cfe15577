import { type Expression, literal } from "../plan/expression.ts";

const drawn = new WeakSet<Expression>();

/** A constant drawn here, where nobody gave a seed. */
export function drawnSeed(): Expression {
  const high = BigInt(Math.floor(Math.random() * 2 ** 31)) * 2n ** 32n;
  const seed = literal(high + BigInt(Math.floor(Math.random() * 2 ** 32)));
  drawn.add(seed);
  return seed;
}

/** Whether a seed is one that nobody gave: an engine that takes none may do without. */
export function isDrawnSeed(expression: Expression): boolean {
  return drawn.has(expression);
}
