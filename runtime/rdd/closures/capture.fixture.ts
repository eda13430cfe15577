// Another file's exports, for capture.test.ts.
export const theScale = 4;

export function scaled(x: number): number {
  return x * theScale;
}

export class Point {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
  norm(): number {
    return Math.hypot(this.x, this.y);
  }
}

export function aClosedOverCounter(): () => number {
  let count = 0;
  return () => ++count;
}
