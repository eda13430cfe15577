/**
 * Colours that people with any kind of colour vision tell apart (Okabe and Ito, without black; the weakest on white last),
 * as 0xRRGGBB.
 */
export const categoryColors: readonly number[] = [
  0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00, 0xe3cf2d,
];

/** For what has no category, or one of the many small ones. */
export const otherColor = 0x9aa0a6;

/** Colour of community `group` of a graph (255 is none). Neighbouring ranks differ; far ones repeat. */
export function groupColor(group: number): number {
  return group === 255 ? otherColor : categoryColors[group % categoryColors.length];
}
