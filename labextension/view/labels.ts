import type { Theme } from "../theme.ts";
import { radiusGrowth, radiusRange, type NodeLooks } from "./node-looks.ts";
import type { Viewport } from "./viewport.ts";

const maxLabels = 40;
/** Nodes considered, the largest in sight first. */
const maxCandidates = 2000;
const lineHeight = 15;

/** Names of the largest nodes in sight, drawn over the graph so that none covers another. */
export class Labels {
  readonly element = document.createElement("canvas");
  readonly #looks: NodeLooks;
  readonly #textOf: (node: number) => string;
  readonly #texts = new Map<number, string>();

  constructor(looks: NodeLooks, textOf: (node: number) => string) {
    this.#looks = looks;
    this.#textOf = textOf;
    this.element.className = "sightline-graph-labels";
    this.element.setAttribute("aria-hidden", "true");
  }

  draw(view: Viewport, positions: Float32Array, pixelRatio: number, theme: Theme): void {
    const width = Math.round(view.width * pixelRatio);
    const height = Math.round(view.height * pixelRatio);
    if (this.element.width !== width) this.element.width = width;
    if (this.element.height !== height) this.element.height = height;
    const context = this.element.getContext("2d");
    if (context === null) return;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    context.font = `11px ${theme.fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = cssColor(theme.background, 0.85);
    context.fillStyle = cssColor(theme.text, 1);
    const taken: { left: number; right: number; top: number }[] = [];
    // A label for each part of the screen of this size at most, so that the picture stays a picture.
    const limit = Math.min(maxLabels, (view.width * view.height) / 14_000);
    for (const spot of this.#spots(view, positions)) {
      if (taken.length >= limit) break;
      const text = this.#text(spot.node);
      const half = context.measureText(text).width / 2 + 3;
      const box = { left: spot.x - half, right: spot.x + half, top: spot.y };
      const isFree = taken.every(
        (other) =>
          other.right < box.left || other.left > box.right || Math.abs(other.top - box.top) > lineHeight,
      );
      if (text === "" || !isFree) continue;
      taken.push(box);
      context.strokeText(text, spot.x, spot.y);
      context.fillText(text, spot.x, spot.y);
    }
  }

  #spots(view: Viewport, positions: Float32Array): { node: number; x: number; y: number }[] {
    const { order, sizes } = this.#looks;
    const [small, large] = radiusRange(sizes.length);
    const growth = radiusGrowth(view);
    const spots: { node: number; x: number; y: number }[] = [];
    for (let rank = order.length - 1; rank >= 0 && spots.length < maxLabels * 4; rank--) {
      if (order.length - rank > maxCandidates * Math.max(1, view.zoom * view.zoom)) break;
      const node = order[rank];
      const [x, y] = view.toScreen(positions[2 * node], positions[2 * node + 1]);
      const radius = (small + (large - small) * sizes[node]) * growth;
      if (radius < 2.5) break;
      if (x > 0 && y > 0 && x < view.width && y < view.height) spots.push({ node, x, y: y + radius + 2 });
    }
    return spots;
  }

  #text(node: number): string {
    let text = this.#texts.get(node);
    if (text === undefined) {
      text = shortened(this.#textOf(node));
      this.#texts.set(node, text);
    }
    return text;
  }
}

/** One line of at most 28 characters; of a long path its last part, which tells it from others. */
export function shortened(text: string): string {
  const line = text.slice(0, 2000).replace(/\s+/g, " ").trim();
  const characters = [...line];
  if (characters.length <= 28) return line;
  const last = /[\\/][^\\/]{1,26}$/.exec(line)?.[0];
  return last === undefined ? `${characters.slice(0, 27).join("")}…` : `…${last}`;
}

function cssColor([red, green, blue]: Theme["text"], alpha: number): string {
  return `rgba(${Math.round(red * 255)}, ${Math.round(green * 255)}, ${Math.round(blue * 255)}, ${alpha})`;
}
