/** Reports use few names, and those in every finding; more than this many aren't a report's. */
const maxKnown = 2000;
const known = new Map<string, string>();

/** `pluginID` → `plugin_id`, `host-ip` → `host_ip`, `cvssV3_impactScore` → `cvss_v3_impact_score`. */
export function snakeCase(name: string): string {
  let snake = known.get(name);
  if (snake === undefined) {
    snake = name
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
      .replace(/[^A-Za-z0-9_]+/g, "_")
      .toLowerCase();
    if (known.size < maxKnown) known.set(name, snake);
  }
  return snake;
}
