/** Colours of the page around the graph, red, green and blue from 0 to 1. */
export interface Theme {
  readonly background: readonly [number, number, number];
  readonly text: readonly [number, number, number];
  readonly fontFamily: string;
  readonly isDark: boolean;
}

/** Reads what the page's style sheets make of the element, whose colours graph-cell.css takes from JupyterLab's. */
export function readTheme(element: HTMLElement): Theme {
  const style = getComputedStyle(element);
  const background = parseColor(style.backgroundColor) ?? [1, 1, 1];
  const isDark = background[0] * 0.3 + background[1] * 0.59 + background[2] * 0.11 < 0.5;
  const text = parseColor(style.color) ?? (isDark ? [1, 1, 1] : [0, 0, 0]);
  return { background, text, fontFamily: style.fontFamily || "sans-serif", isDark };
}

/** The rgb() that computed styles are written in; undefined for transparent and other notations. */
export function parseColor(text: string): [number, number, number] | undefined {
  const numbers = /^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:,? \/? ?([\d.]+))?\)$/.exec(text)?.slice(1);
  if (numbers === undefined || Number(numbers[3] ?? 1) === 0) return undefined;
  return [Number(numbers[0]) / 255, Number(numbers[1]) / 255, Number(numbers[2]) / 255];
}

/** Calls back whenever JupyterLab changes its theme. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ["data-jp-theme-name", "data-jp-theme-light", "class"],
  });
  return () => observer.disconnect();
}
