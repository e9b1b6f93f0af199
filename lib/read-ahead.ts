/**
 * The same batches in the same order, the next one of which is asked for while the one before is worked on: one more in
 * memory, and never more than one. Whoever stops reading stops the reading too.
 */
export async function* readAhead<T>(batches: AsyncIterable<T>): AsyncGenerator<T> {
  const source = batches[Symbol.asyncIterator]();
  let next = source.next();
  try {
    for (;;) {
      const got = await next;
      if (got.done === true) return;
      next = source.next();
      // It is waited for in the next turn, unless nobody reads on.
      next.catch(() => undefined);
      yield got.value;
    }
  } finally {
    await source.return?.();
  }
}
