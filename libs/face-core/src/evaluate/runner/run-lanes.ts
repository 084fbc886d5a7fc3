/**
 * Works through a list with several lanes at once, each taking the next few items when it is free.
 *
 * @param work gets the lane's number and the indexes it has taken
 * @returns after all are done; rejects with the first failure, after the lanes at work have ended
 */
export async function runLanes(
  options: { readonly count: number; readonly lanes: number; readonly chunk: number },
  work: (lane: number, indexes: readonly number[]) => Promise<void>,
): Promise<void> {
  const { count, lanes, chunk } = options;
  let next = 0;
  let failed = false;
  const run = async (lane: number): Promise<void> => {
    while (next < count && !failed) {
      const start = next;
      next = Math.min(count, start + chunk);
      try {
        await work(
          lane,
          Array.from({ length: next - start }, (_, at) => start + at),
        );
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, (_, lane) => run(lane)));
  const failure = ended.find((lane) => lane.status === 'rejected');
  if (failure) throw failure.reason;
}
