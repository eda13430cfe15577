import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { LocalEngine } from "../local-engine.ts";
import { projectFile } from "../project-folder.ts";
import { ServerProcess } from "../server-process.ts";
import { setUpSpark } from "./set-up-spark.ts";

/** Where set-up puts pyspark, which brings Spark's jars. */
const python = projectFile(".sightline/spark/bin/python");

/**
 * Real Spark on this machine: a Spark Connect server of our own, guarded by a random token.
 * `SPARK_REMOTE=local[*]` chooses it; `local[N]` gives it N cores.
 */
export class SparkEngine extends LocalEngine {
  readonly name = "spark";
  readonly title = "Spark on this machine";
  readonly master: string;
  readonly startSettings: ReadonlyMap<string, string>;
  readonly #folder: string;
  readonly #token = randomBytes(24).toString("hex");

  /**
   * @param folder the session's private folder
   * @param startSettings what Spark is to be started with beside our own
   */
  constructor(master: string, folder: string, startSettings: ReadonlyMap<string, string> = new Map()) {
    super();
    this.master = master;
    this.startSettings = startSettings;
    this.#folder = folder;
  }

  protected override token(): string {
    return this.#token;
  }

  protected async start(): Promise<ServerProcess> {
    const variables = await setUpSpark((text) => this.tell(text));
    const packages = this.startSettings.get("spark.jars.packages");
    this.tell(`starting ${this.title}${packages ? `, with ${packages} from Maven's repository` : ""}`);
    return ServerProcess.start({
      title: this.title,
      command: python,
      args: [join(import.meta.dirname, "serve.py"), this.master, this.#folder],
      env: {
        ...process.env,
        ...variables,
        SPARK_CONNECT_AUTHENTICATE_TOKEN: this.#token,
        PYSPARK_PYTHON: python,
        SIGHTLINE_SPARK_SETTINGS: JSON.stringify(Object.fromEntries(this.startSettings)),
      },
      logFile: join(this.#folder, "spark.log"),
      // A package may bring hundreds of megabytes the first time.
      startTimeoutMs: packages ? 900_000 : 180_000,
    });
  }

  async pythonVersion(): Promise<string> {
    const code = "import sys; print('%d.%d' % sys.version_info[:2])";
    const { stdout } = await promisify(execFile)(python, ["-c", code]);
    return stdout.trim();
  }
}
