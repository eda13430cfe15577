// The files and cells of V8's script numbers.
import { Session } from "node:inspector";
import { getCallSites } from "node:util";

const urls = new Map<string, string>();
/** Scripts pile up in a long notebook; the oldest are forgotten, and asked for again if need be. */
const maxUrls = 10_000;

/** Learns the scripts of the calling code: that of a function given to `map` is usually where `map` is called. */
export function learnCallers(): void {
  for (const { scriptId, scriptName } of getCallSites(8)) remember(scriptId, scriptName);
}

export function scriptUrl(scriptId: string): string | undefined {
  if (!urls.has(scriptId)) learnAll();
  return urls.get(scriptId);
}

function remember(scriptId: string, url: string): void {
  urls.delete(scriptId);
  urls.set(scriptId, url);
  if (urls.size > maxUrls) urls.delete(urls.keys().next().value!);
}

// A debugger that is switched on tells of every script there is. It is off again at once, before anything can pause.
function learnAll(): void {
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => remember(params.scriptId, params.url));
  session.post("Debugger.enable");
  session.post("Debugger.disable");
  session.disconnect();
}
