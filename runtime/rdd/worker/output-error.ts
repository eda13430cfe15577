/** A file that the stage makes can't be written. */
export class OutputError extends Error {
  constructor(path: string, error: unknown) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const why = /^E[A-Z]+$/.test(code) ? code : message.split("\n")[0].replace(/\.$/, "");
    super(`The file ${path} can't be written: ${why}.`, { cause: error });
  }
}
