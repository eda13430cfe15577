/** How long each step towards HDFS may take, in milliseconds. */
export interface Limits {
  readonly connectMs: number;
  /** A NameNode's silence. */
  readonly answerMs: number;
  /** A DataNode's silence. Its own pipeline waits 60 s and 5 s a node for one that is frozen, and then goes on. */
  readonly dataMs: number;
  /** One operation with all its tries, beside the time that its bytes take. */
  readonly totalMs: number;
  /** How long nobody may listen where an HDFS is opened. */
  readonly openMs: number;
  /** Failures that seldom pass, such as a full disk. */
  readonly stubbornMs: number;
}

export const defaultLimits: Limits = {
  connectMs: 5000,
  answerMs: 20_000,
  dataMs: 100_000,
  totalMs: 180_000,
  openMs: 15_000,
  stubbornMs: 30_000,
};

/** The default limits, or none longer than this. */
export function limitsFor(timeoutMs = defaultLimits.totalMs): Limits {
  const { connectMs, answerMs, dataMs, openMs, stubbornMs } = defaultLimits;
  return {
    connectMs: Math.min(connectMs, timeoutMs),
    answerMs: Math.min(answerMs, timeoutMs),
    dataMs: Math.min(dataMs, timeoutMs),
    totalMs: timeoutMs,
    openMs: Math.min(openMs, timeoutMs),
    stubbornMs: Math.min(stubbornMs, timeoutMs),
  };
}
