import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface ClusterPlace {
  readonly folder: string;
  readonly master: string;
  readonly connectPort: number;
  readonly uiPort: number;
  /** Known to the daemons of this cluster only. */
  readonly secret: string;
  readonly token: string;
  /** The folder of the Node that executors run TypeScript with. */
  readonly nodeFolder: string;
}

/**
 * Writes `spark-defaults.conf` and its kin, for this account's eyes: secrets in arguments would be everybody's.
 * @returns the folder for SPARK_CONF_DIR
 */
export function writeConfig(place: ClusterPlace, config: Readonly<Record<string, string | number>>): string {
  const settings = {
    "spark.master": place.master,
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "1g",
    "spark.executor.cores": 1,
    "spark.authenticate": true,
    "spark.authenticate.secret": place.secret,
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.connect.grpc.binding.port": place.connectPort,
    "spark.connect.authenticate.token": place.token,
    "spark.ui.port": place.uiPort,
    "spark.local.dir": join(place.folder, "local"),
    "spark.sql.warehouse.dir": join(place.folder, "warehouse"),
    // Where an executor looks for `node`.
    "spark.executorEnv.PATH": `${place.nodeFolder}:/usr/local/bin:/usr/bin:/bin`,
    ...config,
  };
  const conf = join(place.folder, "conf");
  mkdirSync(conf, { recursive: true, mode: 0o700 });
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(join(conf, "spark-defaults.conf"), lines.join(""), { mode: 0o600 });
  return conf;
}
