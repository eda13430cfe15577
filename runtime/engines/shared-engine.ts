import type { Endpoint } from "../connect/endpoint.ts";
import type { Engine } from "./engine.ts";

/** An engine as a further session on it sees it: the same process, under an id of the session's own. */
export class SharedEngine implements Engine {
  readonly #engine: Engine;
  readonly #sessionId: string | undefined;

  constructor(engine: Engine, sessionId?: string) {
    this.#engine = engine;
    this.#sessionId = sessionId;
  }

  get name() {
    return this.#engine.name;
  }
  get title() {
    return this.#engine.title;
  }
  get master() {
    return this.#engine.master;
  }
  get isLocal() {
    return this.#engine.isLocal;
  }
  get settings() {
    return this.#engine.settings;
  }
  get startSettings() {
    return this.#engine.startSettings;
  }
  get generation() {
    return this.#engine.generation;
  }
  get isGone() {
    return this.#engine.isGone;
  }

  async endpoint(): Promise<Endpoint> {
    return { ...(await this.#engine.endpoint()), sessionId: this.#sessionId };
  }
  pythonVersion() {
    return this.#engine.pythonVersion();
  }
  exitOf(generation: number) {
    return this.#engine.exitOf(generation);
  }
  async settle(isIdle: () => boolean): Promise<void> {
    await this.#engine.settle?.(isIdle);
  }
  stop() {
    return this.#engine.stop();
  }
}
