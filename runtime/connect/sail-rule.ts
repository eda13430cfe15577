/** What Sail says of one kind of mistake, with Spark's condition and what to do. */
export interface SailRule {
  readonly pattern: RegExp;
  readonly errorClass: string;
  readonly say: (match: RegExpExecArray) => string;
  /** Where it is in the SQL text: first and last position, or the words. */
  readonly place?: (match: RegExpExecArray) => readonly [number, number] | string;
}
