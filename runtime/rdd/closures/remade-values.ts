import type { BundleNode } from "./bundle.ts";

/** The settings of an object of Intl's: its constructor takes them as it gives them. */
const formatters = [
  "Collator",
  "DateTimeFormat",
  "DisplayNames",
  "DurationFormat",
  "ListFormat",
  "NumberFormat",
  "PluralRules",
  "RelativeTimeFormat",
  "Segmenter",
] as const;

/** Objects of Node's own that another constructor call makes: `new URL("…")`. */
export function remadeNode(value: object): BundleNode | undefined {
  if (isExactly(value, URL)) return { kind: "new", path: ["URL"], arguments: [value.href] };
  if (isExactly(value, URLSearchParams))
    return { kind: "new", path: ["URLSearchParams"], arguments: [String(value)] };
  if (isExactly(value, TextEncoder)) return { kind: "new", path: ["TextEncoder"], arguments: [] };
  if (isExactly(value, TextDecoder)) {
    const { encoding, fatal, ignoreBOM } = value;
    return { kind: "new", path: ["TextDecoder"], arguments: [encoding, { fatal, ignoreBOM }] };
  }
  if (isExactly(value, Intl.Locale)) {
    return { kind: "new", path: ["Intl", "Locale"], arguments: [String(value)] };
  }
  const intl = Intl as unknown as Record<string, (new () => Formatter) | undefined>;
  const name = formatters.find((one) => intl[one] && isExactly(value, intl[one]));
  if (name === undefined) return undefined;
  const { locale, ...settings } = (value as Formatter).resolvedOptions();
  return { kind: "new", path: ["Intl", name], arguments: [locale, settings] };
}

interface Formatter {
  resolvedOptions(): { readonly locale: string };
}

/** No instance of a subclass, which has more than its constructor knows. */
function isExactly<T extends object>(value: object, constructor: new (...args: never[]) => T): value is T {
  return Object.getPrototypeOf(value) === constructor.prototype && value !== constructor.prototype;
}
