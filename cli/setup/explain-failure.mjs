// @ts-check
import { SetupError } from "./setup-error.mjs";

const noNetwork =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|Failed to establish a new connection|Temporary failure in name resolution|Max retries exceeded|Read timed out|ProxyError/;

/**
 * One sentence on why a download or a build failed.
 * @param {import("./project.mjs").Project} project
 * @param {string} what the command, as a person would type it
 * @param {string} from where it loads from
 * @param {string} output of the command
 */
export function explainFailure(project, what, from, output) {
  const log = project.relative(project.logFile);
  if (/ENOSPC|No space left on device/.test(output))
    return new SetupError(
      `The disk is full: make room and run npm run setup again (output of ${what}: ${log}).`,
    );
  if (noNetwork.test(output))
    return new SetupError(
      `${what} could not reach ${from}: connect this machine to it (or set its proxy) and run npm run setup again (output: ${log}).`,
    );
  const last = output.trim().split("\n").filter(Boolean).at(-1)?.trim() ?? "no output";
  return new SetupError(`${what} failed (${last.slice(0, 200)}): see ${log}, then run npm run setup again.`);
}
