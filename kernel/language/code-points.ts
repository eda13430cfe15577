/** Jupyter counts cursor positions in code points, JavaScript in UTF-16 units. */

export function toIndex(text: string, codePoints: number): number {
  let index = 0;
  for (let left = codePoints; left > 0 && index < text.length; left--) {
    index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  }
  return index;
}

export function toCodePoints(text: string, index: number): number {
  let count = 0;
  for (let at = 0; at < index; count++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return count;
}
