const maxCharacters = 400;

/** The box beside the pointer. What it says is set as text, never as markup. */
export class Tooltip {
  readonly element = document.createElement("div");

  constructor() {
    this.element.className = "sightline-graph-tooltip";
    this.element.setAttribute("role", "status");
    this.element.hidden = true;
  }

  /** Shows lines of text, the first as a heading, beside a pixel of a stage of the given size. */
  show(lines: readonly string[], left: number, top: number, width: number, height: number): void {
    const rows = lines
      .filter((line) => line !== "")
      .map((line, index) => {
        const row = document.createElement("div");
        row.className = index === 0 ? "sightline-graph-tooltip-title" : "";
        row.textContent = line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
        return row;
      });
    this.element.replaceChildren(...rows);
    this.element.hidden = false;
    const { style } = this.element;
    // On the side of the pointer that has more room.
    style.left = left < width / 2 ? `${left + 14}px` : "";
    style.right = left < width / 2 ? "" : `${width - left + 14}px`;
    style.top = top < height / 2 ? `${top + 10}px` : "";
    style.bottom = top < height / 2 ? "" : `${height - top + 10}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
