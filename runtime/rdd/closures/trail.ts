/** How a value was reached from a function that was given to an RDD, for messages. */
export class Trail {
  /** The method that the function was given to: "map". */
  readonly method: string;
  /** The functions between, outermost first. */
  readonly through: readonly string[];
  /** The variable with its properties: "config.connection". */
  readonly expression: string;
  /** Whether it isn't a function that was given, but a value. */
  readonly isValue: boolean;

  constructor(method: string, through: readonly string[] = [], expression = "", isValue = false) {
    this.method = method;
    this.through = through;
    this.expression = expression;
    this.isValue = isValue;
  }

  /** A variable that the function at this trail uses. */
  variable(name: string): Trail {
    const through = this.expression === "" ? this.through : [...this.through, this.expression];
    return new Trail(this.method, through, name, this.isValue);
  }

  member(name: string): Trail {
    const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
    return new Trail(
      this.method,
      this.through,
      `${this.expression}${isIdentifier ? `.${name}` : `[${JSON.stringify(name)}]`}`,
      this.isValue,
    );
  }

  /** What a Map has under a key. */
  entry(key: unknown): Trail {
    const shown = typeof key === "string" ? JSON.stringify(key) : typeof key === "object" ? "…" : String(key);
    return new Trail(this.method, this.through, `${this.expression}.get(${shown})`, this.isValue);
  }

  item(index: number): Trail {
    return new Trail(this.method, this.through, `${this.expression}[${index}]`, this.isValue);
  }

  /** "The function given to map uses `config.connection` (through `load`)". */
  toString(): string {
    if (this.isValue) return `What was given to ${this.method} has \`${this.expression}\``;
    const subject = `The function given to ${this.method}`;
    if (this.expression === "") return subject;
    const through =
      this.through.length > 0 ? ` (through ${this.through.map((name) => `\`${name}\``).join(", ")})` : "";
    return `${subject} uses \`${this.expression}\`${through}`;
  }
}
