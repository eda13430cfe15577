import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
// Tests, and people who may not write to the clone, keep what runs elsewhere.
const own = resolve(process.env.SIGHTLINE_DEV_FOLDER ?? join(root, ".sightline", "dev"));

/** Where the servers' jars, data and logs lie; by default nothing is outside the clone. */
export const places = {
  root,
  jars: join(root, ".sightline", "dev"),
  /** What `sightline dev up` keeps until `sightline dev down --delete`. */
  data: join(own, "data"),
  /** What `sightline dev up` left running. */
  state: join(own, "state.json"),
  /** Folders of clusters that end with the process that started them. */
  runs: join(own, "runs"),
  fetchLog: join(root, ".sightline", "logs", "dev-jars.log"),
} as const;
