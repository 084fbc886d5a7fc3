import { AgentError } from '../../domain/agent-error';

/** Waits for an answer for so long. @throws {AgentError} `door/no-answer` when none came; the work is not ended */
export async function inTime(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AgentError('door/no-answer', 'No answer in time.')), limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
