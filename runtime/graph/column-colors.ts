import { categoryColors, otherColor } from "../wire/palette.ts";
import { isMissing, textOf, type Column } from "./column.ts";

// Low to high: cividis, which reads the same with any colour vision and in grey.
const sequence = [0x00224e, 0x35456c, 0x666970, 0x948e77, 0xc8b866, 0xfee838];

/**
 * Colours of a column's values, 0xRRGGBBAA: texts "#rgb" and "#rrggbb" as they are, numbers from low to high, other
 * values by category, the most frequent first. `rows[i]` is the row of element i, negative for none; 0 means the default.
 */
export function columnColors(column: Column, rows: ArrayLike<number>): Uint32Array {
  const values = Array.from(rows, (row) => (row < 0 ? undefined : column.get(row)));
  const present = values.filter((value) => !isMissing(value));
  const isNumeric = present.every((value) => typeof value === "number" || typeof value === "bigint");
  const color = isNumeric ? scale(present.map(Number)) : categories(present.map(textOf));
  return Uint32Array.from(values, (value) => (isMissing(value) ? 0 : ((color(value) << 8) | 0xff) >>> 0));
}

function scale(numbers: number[]): (value: unknown) => number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of numbers) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return (value) => {
    const share = high > low ? Math.min(1, Math.max(0, (Number(value) - low) / (high - low))) : 0.5;
    const step = Math.min(sequence.length - 2, Math.floor(share * (sequence.length - 1)));
    return blend(sequence[step], sequence[step + 1], share * (sequence.length - 1) - step);
  };
}

function categories(texts: string[]): (value: unknown) => number {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([text]) => text);
  const colors = new Map(ranked.map((text, rank) => [text, categoryColors[rank] ?? otherColor]));
  return (value) => parseColor(textOf(value)) ?? colors.get(textOf(value))!;
}

function parseColor(text: string): number | undefined {
  if (/^#[0-9a-f]{6}$/i.test(text)) return Number.parseInt(text.slice(1), 16);
  if (!/^#[0-9a-f]{3}$/i.test(text)) return undefined;
  return Number.parseInt([...text.slice(1)].map((digit) => digit + digit).join(""), 16);
}

function blend(from: number, to: number, share: number): number {
  let mixed = 0;
  for (const shift of [16, 8, 0]) {
    const start = (from >> shift) & 0xff;
    mixed |= Math.round(start + (((to >> shift) & 0xff) - start) * share) << shift;
  }
  return mixed;
}
