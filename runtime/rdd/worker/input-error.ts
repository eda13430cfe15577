/** A file that the stage reads is not there any more, can't be read, or isn't what its name says. */
export class InputError extends Error {
  constructor(path: string, isGzip: boolean, error: unknown) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const why = code.startsWith("E") ? code : message;
    super(`The file ${path} can't be read${isGzip ? " as gzip" : ""}: ${why}.`, { cause: error });
  }
}
