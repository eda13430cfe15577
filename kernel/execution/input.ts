import { KernelError } from "../kernel-error.ts";
import type { Outlet } from "../protocol/outlet.ts";
import { Cell } from "./cell.ts";

/** Questions to the user that wait for their answer, one for each cell. */
export class Input {
  readonly #outlet: Outlet;
  readonly #waiting = new Map<number, (value: string) => void>();

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  /**
   * Asks the user for a line of text. Gives it without the line's end.
   * @throws KernelError when the front end has nobody to ask (nbconvert, papermill)
   * @example const name = await input("Your name: ");
   */
  readonly ask = async (prompt = "", options: { password?: boolean } = {}): Promise<string> => {
    const cell = Cell.current();
    if (!cell?.isRunning || !cell.allowsInput) {
      throw new KernelError(
        `input(${JSON.stringify(prompt)}) can't ask: this front end has no user who could answer.\nRun the cell in JupyterLab, or give the value as a variable.`,
      );
    }
    const answer = new Promise<string>((resolve, reject) => {
      this.#waiting.set(cell.id, resolve);
      cell.scope.signal.addEventListener("abort", () => reject(cell.scope.signal.reason), { once: true });
    });
    this.#outlet.askInput(cell.id, { prompt: String(prompt), password: options.password === true });
    return await answer.finally(() => this.#waiting.delete(cell.id));
  };

  /** Hands over the user's answer to the cell `id`. */
  answer(id: number, value: string): void {
    this.#waiting.get(id)?.(value);
  }
}
