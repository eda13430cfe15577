/**
 * What a job gives, one thing at a time: the job waits with each until the next one is asked for. It begins when the
 * first is, and its failure is thrown to who asks.
 * @param work is given a function that resolves with false when nobody will ask for more: then it should end
 */
export async function* handedOver<T>(
  work: (give: (item: T) => Promise<boolean>) => Promise<void>,
): AsyncGenerator<T> {
  let offer = Promise.withResolvers<{ readonly item: T } | undefined>();
  let taken = Promise.withResolvers<boolean>();
  const ended = work((item) => {
    offer.resolve({ item });
    return taken.promise;
  }).then(
    () => offer.resolve(undefined),
    (error: unknown) => offer.reject(error),
  );
  try {
    for (let next = await offer.promise; next; next = await offer.promise) {
      yield next.item;
      const { resolve } = taken;
      [offer, taken] = [Promise.withResolvers(), Promise.withResolvers()];
      resolve(true);
    }
  } finally {
    offer.promise.catch(() => {});
    taken.resolve(false);
    await ended;
  }
}
