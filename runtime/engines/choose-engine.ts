import { PlanError } from "../connect/plan-error.ts";
import type { Engine } from "./engine.ts";
import { RemoteEngine } from "./remote-engine.ts";
import { SailEngine } from "./sail/sail-engine.ts";
import { SparkEngine } from "./spark/spark-engine.ts";
import { startSettings } from "./spark/start-settings.ts";

/**
 * The engine that a remote names, as in PySpark: none or `sail` = the embedded one, `local[*]` = Spark on this machine,
 * `sc://…` = a server. The first that is given counts: code, then `SPARK_REMOTE`, then the setting `spark.remote`.
 * @param folder the session's private folder
 * @param settings of the session's builder; Spark on this machine is started with those that it reads at its start
 */
export function chooseEngine(
  remote: string | undefined,
  folder: string,
  settings: ReadonlyMap<string, string> = new Map(),
): Engine {
  if (!remote || remote === "sail") return new SailEngine(folder);
  if (/^local(\[(\*|\d+)\])?$/.test(remote)) return new SparkEngine(remote, folder, startSettings(settings));
  if (remote.startsWith("sc://")) return new RemoteEngine(remote);
  throw new PlanError(
    `No engine is called "${remote}".`,
    'Use "sc://host:15002" for a Spark Connect server, "local[*]" for Spark on this machine, "sail" for the embedded engine.',
  );
}
