import type { Socket } from 'socket.io-client';
import { z } from 'zod';
import { AgentError } from '../domain/agent-error';

type Answer = { ok: true } | { ok: false; error: { code: string; message: string } };

/** Sends a message and gets its answer, checked. */
export interface Exchange {
  /**
   * @throws {AgentError} `uplink/no-answer` when none came in time or the link broke, `uplink/invalid-answer`, or the
   *   server's own code when it refused.
   */
  ask<A extends Answer>(
    event: string,
    message: object,
    read: (answer: unknown) => A,
  ): Promise<A & { ok: true }>;
  /** Sends a message that has no answer; lost where the link is. */
  tell(event: string, message: object): void;
}

/** Asks over a socket, waiting at most so long for each answer. */
export function socketExchange(socket: Socket, answerTimeoutMs: number): Exchange {
  return {
    async ask<A extends Answer>(event: string, message: object, read: (answer: unknown) => A) {
      // The library would keep the message for a connection that never comes, and the next one would wait for it.
      if (!socket.connected) throw new AgentError('uplink/no-answer', `The link was lost before ${event}.`);
      let raw: unknown;
      try {
        raw = await socket.timeout(answerTimeoutMs).emitWithAck(event, message);
      } catch (error) {
        throw new AgentError('uplink/no-answer', `The server did not answer ${event}.`, { cause: error });
      }
      const answer = read(raw);
      if (!answer.ok) throw new AgentError(answer.error.code, answer.error.message);
      return answer as A & { ok: true };
    },
    tell: (event, message) => void socket.emit(event, message),
  };
}

/** Reads an answer by its schema. */
export function reader<S extends z.ZodType>(schema: S): (answer: unknown) => z.output<S> {
  return (answer) => {
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new AgentError('uplink/invalid-answer', z.prettifyError(parsed.error));
    return parsed.data;
  };
}
