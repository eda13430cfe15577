/** Where a place in SQL text lies, when that isn't plain SQL: what would be put there would not be what it seems. */
export type OpenQuote = "'" | '"' | "`" | "a comment" | undefined;

/**
 * Follows the quotes and comments of SQL text, piece by piece; after each piece says what is open at its end.
 * As Spark's lexer: '…' and "…" with backslashes (not in r'…'), `…` with `` doubled, -- to the end of the line, nested comments.
 */
export class QuoteReader {
  #open: OpenQuote;
  #isRaw = false;
  #isLine = false;
  #depth = 0;

  read(text: string): OpenQuote {
    for (let i = 0; i < text.length; i++) {
      const two = text.slice(i, i + 2);
      switch (this.#open) {
        case undefined:
          i += this.#begin(text, i, two);
          break;
        case "a comment":
          i += this.#comment(text[i], two);
          break;
        default:
          if (text[i] === "\\" && this.#open !== "`" && !this.#isRaw) i++;
          else if (text[i] === this.#open) this.#open = undefined;
      }
    }
    return this.#open;
  }

  /** How many characters more than one were read. */
  #begin(text: string, at: number, two: string): number {
    const one = text[at];
    if (two === "--" || two === "/*") {
      this.#open = "a comment";
      this.#isLine = two === "--";
      this.#depth = 1;
      return 1;
    }
    if (one === "'" || one === '"' || one === "`") {
      this.#open = one;
      this.#isRaw = /(?<!\w)r$/i.test(text.slice(0, at));
    }
    return 0;
  }

  #comment(one: string, two: string): number {
    if (this.#isLine) {
      if (one === "\n" || one === "\r") this.#open = undefined;
      return 0;
    }
    if (two !== "*/" && two !== "/*") return 0;
    this.#depth += two === "/*" ? 1 : -1;
    if (this.#depth === 0) this.#open = undefined;
    return 1;
  }
}
