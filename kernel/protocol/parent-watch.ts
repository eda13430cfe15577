const PERIOD_MS = 1000;

/**
 * Calls `onGone` once when the process that started this one is gone, however it ended: a killed server
 * can't shut its kernels down. Started by nobody (pid 1), nothing is watched.
 */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  // With JPY_PARENT_PID we know that someone started us, even if they are gone before we could look.
  const expected = Number(process.env.JPY_PARENT_PID ?? 0);
  if (parent === 1 && expected <= 1) return;
  const timer = setInterval(() => {
    if (process.ppid === parent && parent !== 1) return;
    clearInterval(timer);
    onGone();
  }, PERIOD_MS);
  timer.unref();
}
