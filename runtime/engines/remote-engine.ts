import { type Endpoint, parseConnectionString } from "../connect/endpoint.ts";
import type { Engine } from "./engine.ts";

/** A Spark Connect server that somebody else runs. */
export class RemoteEngine implements Engine {
  readonly name = "remote";
  readonly title: string;
  readonly isLocal = false;
  readonly generation = 1;
  readonly isGone = false;
  readonly #endpoint: Endpoint;

  /** @param connectionString as in `sc://host:15002/;token=…` */
  constructor(connectionString: string) {
    this.#endpoint = parseConnectionString(connectionString);
    this.title = `sc://${this.#endpoint.host}:${this.#endpoint.port}`;
  }

  endpoint(): Promise<Endpoint> {
    return Promise.resolve(this.#endpoint);
  }

  /** What the server's workers run can't be asked; Spark 4.2's images have 3.11. `SIGHTLINE_PYTHON_VERSION` says otherwise. */
  pythonVersion(): Promise<string> {
    return Promise.resolve(process.env.SIGHTLINE_PYTHON_VERSION ?? "3.11");
  }

  exitOf(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async stop(): Promise<void> {}
}
