#!/usr/bin/env node
// The bin: checks the Node it runs on, then hands over to TypeScript, which older ones can't read.
import { isNewEnough, oldestNode } from "./setup/project.mjs";

if (isNewEnough(process.version)) {
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else if (process.argv[2] === "setup") {
  const { main } = await import("./setup/main.mjs");
  process.exitCode = await main(process.argv.slice(3));
} else {
  console.error(
    `Sightline needs Node ${oldestNode.join(".")} or newer; this is ${process.version}.\n` +
      "Run npm run setup once, which brings one along, then npx --no-install sightline, which uses it.",
  );
  process.exitCode = 1;
}
