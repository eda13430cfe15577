// Regular expressions as Java means them, in Rust's words.

const classes: Readonly<Record<string, string>> = {
  w: "0-9A-Za-z_",
  d: "0-9",
  s: "\\t\\n\\x0B\\f\\r ",
  h: "\\t \\u{A0}\\u{1680}\\u{180e}\\u{2000}-\\u{200a}\\u{202f}\\u{205f}\\u{3000}",
};

const posix = new Set(
  "Lower Upper ASCII Alpha Digit Alnum Punct Graph Print Blank Cntrl XDigit Space".split(" "),
);

/** A pattern in which `\w`, `\d`, `\s` and `\p{Alpha}` are ASCII, as in Java, and `\Q…\E` is what it quotes. */
export function javaPattern(pattern: string): string {
  // With this flag they are all of Unicode in Java too.
  if (/\(\?[a-zA-Z]*U/.test(pattern)) return pattern;
  let depth = 0;
  let made = "";
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === "\\") {
      const { text, length } = escaped(pattern, i, depth > 0);
      made += text;
      i += length - 1;
      continue;
    }
    made += char;
    if (char === "[") {
      depth++;
      // What comes first in a class is itself.
      if (pattern[i + 1] === "^") made += pattern[++i];
      if (pattern[i + 1] === "]") {
        made += "\\]";
        i++;
      }
    } else if (char === "]" && depth > 0) depth--;
  }
  return made;
}

function escaped(pattern: string, at: number, isInClass: boolean): { text: string; length: number } {
  const next = pattern[at + 1] ?? "";
  if (next === "Q") {
    const end = pattern.indexOf("\\E", at + 2);
    const quoted = pattern.slice(at + 2, end < 0 ? undefined : end);
    return {
      text: quoted.replaceAll(/[\\.+*?()|[\]{}^$#&\-~]/g, "\\$&"),
      length: quoted.length + (end < 0 ? 2 : 4),
    };
  }
  const members = classes[next.toLowerCase()];
  if (members !== undefined) {
    const isNegated = next !== next.toLowerCase();
    if (isNegated) return { text: `[^${members}]`, length: 2 };
    return { text: isInClass ? members : `[${members}]`, length: 2 };
  }
  const named = /^\\([pP])\{([A-Za-z]+)\}/.exec(pattern.slice(at, at + 16));
  if (named && posix.has(named[2])) {
    const inner = `[:${named[1] === "P" ? "^" : ""}${named[2].toLowerCase()}:]`;
    return { text: isInClass ? inner : `[${inner}]`, length: named[0].length };
  }
  return { text: pattern.slice(at, at + 2), length: 2 };
}

/** A replacement in which `$1x` is the group and an x, and `\$` a dollar. */
export function javaReplacement(replacement: string): string {
  let made = "";
  for (let i = 0; i < replacement.length; i++) {
    const char = replacement[i];
    if (char === "\\" && i + 1 < replacement.length) {
      const next = replacement[++i];
      made += next === "$" ? "$$" : next;
    } else if (char === "$" && /\d/.test(replacement[i + 1] ?? "")) made += `\${${replacement[++i]}}`;
    else made += char;
  }
  return made;
}
