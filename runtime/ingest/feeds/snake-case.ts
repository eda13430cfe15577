/** `pluginID` → `plugin_id`, `host-ip` → `host_ip`, `cvssV3_impactScore` → `cvss_v3_impact_score`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9_]+/g, "_")
    .toLowerCase();
}
