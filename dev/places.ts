import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** Where the servers' jars, data and logs lie; nothing is outside the clone. */
export const places = {
  root,
  jars: join(root, ".sightline", "dev"),
  /** What `sightline dev up` keeps until `sightline dev down --delete`. */
  data: join(root, ".sightline", "dev", "data"),
  /** What `sightline dev up` left running. */
  state: join(root, ".sightline", "dev", "state.json"),
  /** Folders of clusters that end with the process that started them. */
  runs: join(root, ".sightline", "dev", "runs"),
  fetchLog: join(root, ".sightline", "logs", "dev-jars.log"),
} as const;
