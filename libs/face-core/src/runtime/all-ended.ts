/**
 * Waits for all, and fails with the first failure only when none is under way any more.
 *
 * A thread that fails to open is ended, and one that is ended while a network loads takes the process with it.
 */
export async function allEnded<T>(tasks: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(tasks);
  return Promise.all(tasks);
}
