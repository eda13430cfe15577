import { shown } from "./argument-error.ts";
import { PlanError } from "../connect/plan-error.ts";
import { inspect } from "node:util";
import { decimalLiteral, type LiteralType, sqlLiteral } from "../plan/expression.ts";

/**
 * An exact decimal number, kept as text: `new Decimal("12.30")`. Never rounded; `Number(d)` rounds on request.
 */
export class Decimal {
  readonly #text: string;

  /** @throws PlanError for text that is no decimal number */
  constructor(value: string | number | bigint) {
    const text = typeof value === "symbol" || Array.isArray(value) ? shown(value) : String(value);
    if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text)) {
      throw new PlanError(
        `"${text}" is no decimal number.`,
        `Write digits with at most one point, as in "12.30".`,
      );
    }
    this.#text = text;
  }

  /** The number `unscaled` × 10^-scale. */
  static fromUnscaled(unscaled: bigint, scale: number): Decimal {
    if (scale <= 0) return new Decimal(unscaled * 10n ** BigInt(-scale));
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
    const sign = unscaled < 0n ? "-" : "";
    return new Decimal(`${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
  }

  toString(): string {
    return this.#text;
  }
  toJSON(): string {
    return this.#text;
  }
  valueOf(): number {
    return Number(this.#text);
  }
  [sqlLiteral](): LiteralType {
    return decimalLiteral(this.#text);
  }
  [inspect.custom](): string {
    return `Decimal(${this.#text})`;
  }
}
