import type { CommunityLevel } from "./communities.ts";

/** Communities smaller than this get no colour of their own. */
const minMembers = 3;

/** For each node the rank of its community by size, 0 the largest; 255 for the small ones and those after 254. */
export function communityGroups(nodeCount: number, levels: readonly CommunityLevel[]): Uint8Array {
  const community = Uint32Array.from({ length: nodeCount }, (_, node) => node);
  let count = nodeCount;
  for (const { parents, graph } of levels) {
    for (let node = 0; node < nodeCount; node++) community[node] = parents[community[node]];
    count = graph.nodeCount;
  }
  const sizes = new Uint32Array(count);
  for (const one of community) sizes[one]++;
  const groups = new Uint8Array(count).fill(255);
  Uint32Array.from({ length: count }, (_, one) => one)
    .filter((one) => sizes[one] >= minMembers)
    .sort((a, b) => sizes[b] - sizes[a] || a - b)
    .subarray(0, 255)
    .forEach((one, rank) => (groups[one] = rank));
  return Uint8Array.from(community, (one) => groups[one]);
}
