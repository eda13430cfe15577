/** What a map partition wrote isn't there, or not whole: that partition has to be computed again. */
export class MissingSegment extends Error {
  readonly path: string;

  constructor(path: string, what: string) {
    super(`The file ${path} ${what}.`);
    this.name = "MissingSegment";
    this.path = path;
  }
}
