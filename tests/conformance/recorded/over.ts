/**
 * Cases of functions: each frame with each call selected from it.
 * @param frames texts of frames
 * @param calls texts of columns: 'F.lower("s")'
 * @param verb the method that takes the columns, up to its bracket
 */
export function over(frames: readonly string[], calls: readonly string[], verb = "select"): string[] {
  return calls.flatMap((call) => frames.map((frame) => `${frame}.${verb}(${call})`));
}
