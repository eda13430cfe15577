// Gets the runtime ready beside a kernel that already answers.

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Starts the engine of the session that `SparkSession.builder.lazy()` gives, and loads the runtime piece by piece,
 * so that a cell that comes meanwhile waits for one piece at most. Failures are left to the first use, which tells them.
 */
export async function prewarm(): Promise<void> {
  try {
    const { prestartEngine } = await import("./engines/prestart.ts");
    prestartEngine();
    for (const load of [
      () => import("apache-arrow"),
      () => import("@connectrpc/connect-node"),
      () => import("./connect/client.ts"),
      () => import("./index.ts"),
    ]) {
      await turn();
      await load();
    }
    const { SparkSession } = await import("./index.ts");
    await SparkSession.builder.lazy().version();
  } catch {
    // The first use says what is wrong.
  }
}
