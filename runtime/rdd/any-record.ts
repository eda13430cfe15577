/**
 * Any value. As the bound of a type parameter it lets TypeScript take an array literal for a tuple, so that
 * `map((word) => [word, 1])` gives pairs of a text and a number.
 */
export type AnyRecord = [] | {} | null | undefined;
