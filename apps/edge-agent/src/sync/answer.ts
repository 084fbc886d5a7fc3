import type { Logger } from 'pino';
import type { Socket } from 'socket.io-client';
import type { z } from 'zod';

/** A message that the server sends and waits for the answer to. */
export interface Answered<S extends z.ZodType> {
  readonly event: string;
  readonly schema: S;
  /** Must not reject. */
  readonly answer: (message: z.output<S>) => object | Promise<object>;
}

/** Answers every such message; one that does not fit its schema is answered with where it is wrong. */
export function answerTo<S extends z.ZodType>(
  socket: Socket,
  { event, schema, answer }: Answered<S>,
  log: Logger,
): void {
  socket.on(event, (message: unknown, reply: unknown) => {
    if (typeof reply !== 'function') return;
    const parsed = schema.safeParse(message);
    if (!parsed.success) log.warn({ event }, 'message does not fit its schema');
    const answered = parsed.success ? answer(parsed.data) : invalid(parsed.error);
    void Promise.resolve(answered).then(reply as (answer: object) => void);
  });
}

function invalid({ issues }: z.ZodError) {
  const where = issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const error = { code: 'message/invalid', message: 'The message does not fit its schema.', issues: where };
  return { ok: false, error };
}
