/** A file that the stage reads is not there any more, can't be read, or isn't what its name says. */
export class InputError extends Error {
  /** @param kind what it should be: "gzip" */
  constructor(path: string, kind: string | undefined, error: unknown) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const why = /^E[A-Z]+$/.test(code) ? code : message.split("\n")[0].replace(/\.$/, "");
    super(`The file ${path} can't be read${kind ? ` as ${kind}` : ""}: ${why}.`, { cause: error });
  }
}
