/** Counts outcomes as the closing line names them. */
export class Tally {
  passed = 0;
  failed = 0;
  readonly skips: { readonly name: string; readonly command: string }[] = [];

  /** Exactly `N passed, N failed, N skipped`: programs read it. */
  get closingLine(): string {
    return `${this.passed} passed, ${this.failed} failed, ${this.skips.length} skipped`;
  }

  /** A line for each skip, with the command that enables it. */
  get skipLines(): string[] {
    return this.skips.map(({ name, command }) => `SKIP ${name}: ${command}`);
  }

  /** 1 when anything failed, and when nothing ran: a run without a test proves nothing. */
  get exitCode(): number {
    return this.failed > 0 || this.passed === 0 ? 1 : 0;
  }
}
