import { join } from "node:path";
import { places } from "../start/places.ts";

/** Where the hub's programs are; its state has a folder of its own. */
export const hubPlaces = {
  config: join(places.root, "jupyterhub_config"),
  python: join(places.root, ".sightline", "jupyterhub", "bin", "python"),
  node: join(places.bin, "node"),
} as const;
