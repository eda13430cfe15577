// Runs one peer on a file, and prints what it took as JSON: `node measure.ts NAME FILE`.
import { peers } from "./peers.ts";

const [name, path] = process.argv.slice(2);
const before = process.cpuUsage();
const start = performance.now();
const written = await peers[name](path);
const { user, system } = process.cpuUsage(before);
const measure = {
  ...written,
  cpuSeconds: (user + system) / 1e6,
  wallSeconds: (performance.now() - start) / 1000,
  peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
};
console.log(JSON.stringify(measure));
