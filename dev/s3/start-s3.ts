import { rmSync } from "node:fs";
import { join } from "node:path";
import { Lock } from "../../cli/setup/lock.mjs";
import { Project } from "../../cli/setup/project.mjs";
import { pythonPackages } from "../../cli/setup/python-packages.mjs";
import { places } from "../places.ts";
import { makeRunFolder } from "../processes/run-folder.ts";
import { Server } from "../processes/server.ts";

/** A real S3 server on 127.0.0.1, kept in memory, which ends with this process. */
export interface S3 {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The bucket that is there; it has a folder `empty` without files. */
  readonly bucket: string;
  /** The key that may do everything. */
  readonly key: string;
  readonly secret: string;
  /** What the embedded engine is to be started with. */
  readonly variables: Readonly<Record<string, string>>;
  /** What Spark is to be started with, beside hadoop-aws. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const folder = ".sightline/dev/s3";

/**
 * Starts an S3 server with one bucket. Its packages are installed the first time, as their lock says.
 * @throws SetupError when they can't be had
 * @example const s3 = await startS3("lake"); Object.assign(process.env, s3.variables);
 */
export async function startS3(bucket: string): Promise<S3> {
  await install();
  const run = makeRunFolder("s3");
  let said: { url: string; key: string; secret: string } | undefined;
  const server = new Server({
    title: "The S3 server",
    command: [join(places.root, folder, "bin", "python"), join(import.meta.dirname, "serve.py"), bucket],
    logFile: join(run, "s3.log"),
    isReady: (log) => {
      const line = /^\{.*\}$/m.exec(log)?.[0];
      said = line === undefined ? undefined : (JSON.parse(line) as typeof said);
      return said !== undefined;
    },
  });
  await server.ready();
  const { url, key, secret } = said!;
  return {
    url,
    bucket,
    key,
    secret,
    variables: {
      AWS_ACCESS_KEY_ID: key,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT: url,
      AWS_ALLOW_HTTP: "true",
    },
    settings: {
      "spark.hadoop.fs.s3a.endpoint": url,
      "spark.hadoop.fs.s3a.endpoint.region": "us-east-1",
      "spark.hadoop.fs.s3a.path.style.access": "true",
      "spark.hadoop.fs.s3a.access.key": key,
      "spark.hadoop.fs.s3a.secret.key": secret,
    },
    stop: async () => {
      await server.kill();
      rmSync(run, { recursive: true, force: true });
    },
  };
}

async function install(): Promise<void> {
  const project = new Project(places.root);
  const step = pythonPackages(project, {
    name: "s3 server",
    title: "the S3 server of tests",
    folder,
    lock: "dev/s3/requirements.txt",
  });
  if (!step.isNeeded()) return;
  const lock = new Lock(join(places.root, `${folder}.lock`));
  await lock.acquire(() => {});
  try {
    if (step.isNeeded()) await step.run((pid) => lock.noteChild(pid));
  } finally {
    lock.release();
  }
}
