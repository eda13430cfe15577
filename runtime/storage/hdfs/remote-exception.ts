/**
 * What a NameNode or DataNode says when it refuses.
 * @see https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/WebHDFS.html#Error_Responses
 */
export class RemoteException extends Error {
  override readonly name = "RemoteException";
  readonly status: number;
  /** The class of Java's exception, without its package; "" when the answer wasn't HDFS's. */
  readonly exception: string;

  constructor(status: number, exception: string, message: string) {
    super(message);
    this.status = status;
    this.exception = exception;
  }

  static of(status: number, body: Buffer): RemoteException {
    try {
      const { exception, message } = JSON.parse(body.toString()).RemoteException;
      // Java's trace follows the first line of some.
      const lines = String(message).split(/\n\s*at /);
      return new RemoteException(status, String(exception), lines[0].trim());
    } catch {
      return new RemoteException(status, "", `HTTP status ${status}`);
    }
  }

  get isMissing(): boolean {
    return this.exception === "FileNotFoundException";
  }

  get isStandby(): boolean {
    return this.exception === "StandbyException" || /\bStandbyException\b/.test(this.message);
  }

  get isSafeMode(): boolean {
    return /SafeMode/.test(this.exception) || /safe mode/i.test(this.message);
  }

  /** The NameNode starts, or asks to be asked again. */
  get isPassing(): boolean {
    return (
      this.exception === "RetriableException" ||
      this.exception === "ServerTooBusyException" ||
      this.status === 503 ||
      /startup mode|still not started|not yet started/i.test(this.message)
    );
  }
}
