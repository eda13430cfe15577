// @ts-check
// The hub's proxy: configurable-http-proxy on the hub's leash, which is its standard input, so that no proxy keeps the
// port when hub and command were killed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify } from "../../dev/processes/process-identity.ts";

process.stdin.resume();
for (const event of ["end", "error", "close"]) process.stdin.on(event, () => process.exit(0));
const state = process.env.SIGHTLINE_HUB_STATE;
if (state) writeFileSync(join(state, "proxy.json"), JSON.stringify(identify(process.pid)), { mode: 0o600 });
// The proxy itself only logs that its port is taken, and its hub would talk to whoever has it.
process.prependListener("uncaughtException", (error) => {
  if (!("syscall" in error && error.syscall === "listen")) return;
  console.error(error.message);
  process.exit(1);
});
const program = "../../node_modules/configurable-http-proxy/bin/configurable-http-proxy";
await import(new URL(program, import.meta.url).href);
