import { CommandError } from "../command-error.ts";
import type { Command } from "../main.ts";
import { pending } from "../setup/main.mjs";
import { runningServers } from "../start/running-servers.ts";

export const status: Command = {
  summary: "Shows what is set up and which servers of this folder run.",
  async run(args) {
    if (args.length > 0)
      throw new CommandError(`sightline status has no option ${args[0]}.\nIt takes none.`, 2);
    const missing = pending();
    console.log(`Node     ${process.version}`);
    console.log(`Set-up   ${missing.length > 0 ? `lacks ${missing.join(", ")}: npm run setup` : "complete"}`);
    const servers = runningServers();
    for (const { url, pid } of servers) console.log(`Server   ${url} (process ${pid})`);
    if (servers.length === 0) console.log("Server   none: npm start");
    return 0;
  },
};
