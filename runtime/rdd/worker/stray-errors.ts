// Errors that reach no caller: a promise that nobody awaits is rejected, a timer's function throws. They would end the
// process, and the user would see its last words only.

/** Waits for a stage's async work; fails with such an error, or when nothing is left that could go on with the work. */
export function withStrayErrors<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onIdle = () =>
      reject(
        new Error(
          "An async function waits for a promise that never settles: nothing is left that could settle it.",
        ),
      );
    process.on("uncaughtException", reject);
    process.on("unhandledRejection", reject);
    process.on("beforeExit", onIdle);
    const done = () => {
      process.off("uncaughtException", reject);
      process.off("unhandledRejection", reject);
      process.off("beforeExit", onIdle);
    };
    work.finally(done).then(resolve, reject);
  });
}

/** Until what functions left behind has had its turn, so that its errors are those of their own stage. */
export function nextTurn(): Promise<void> {
  return withStrayErrors(new Promise((resolve) => setImmediate(resolve)));
}
