// A script ends when it has nothing more to do, although its connections are still open: sockets don't count,
// calls under way do.

let waiting = 0;
let timer: NodeJS.Timeout | undefined;

/** Keeps the process running until the promise is settled. */
export async function keepAliveDuring<T>(promise: Promise<T>): Promise<T> {
  waiting++;
  timer ??= setInterval(() => {}, 0x7fff_ffff);
  try {
    return await promise;
  } finally {
    if (--waiting === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }
}
