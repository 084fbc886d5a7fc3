import type { MessagePort } from 'node:worker_threads';

import type { Handlers, ThreadCalls, ThreadGreeting, ThreadRequest, ThreadResponse } from './thread-calls';
import { toWire } from './wire-error';

/** What a thread does: questions that it answers one after the other, and how it ends. */
export interface ThreadService<C extends ThreadCalls, G> {
  readonly greeting: G;
  readonly handlers: Handlers<C>;
  close(): Promise<void>;
}

/** Opens the service, greets, then answers one question after the other until asked to end. Never rejects. */
export async function serveThread<C extends ThreadCalls, G>(
  port: MessagePort,
  open: () => Promise<ThreadService<C, G>>,
): Promise<void> {
  let service: ThreadService<C, G>;
  try {
    service = await open();
  } catch (error) {
    port.postMessage({ error: toWire(error) } satisfies ThreadGreeting<G>);
    return;
  }
  let last = Promise.resolve();
  port.on('message', (request: ThreadRequest) => {
    last = last.then(async () => {
      port.postMessage(await responseOf(service, request));
      if (request.call === undefined) port.close();
    });
  });
  port.postMessage({ greeting: service.greeting } satisfies ThreadGreeting<G>);
}

async function responseOf<C extends ThreadCalls, G>(
  service: ThreadService<C, G>,
  { id, call, ask }: ThreadRequest,
): Promise<ThreadResponse> {
  try {
    return { id, answer: call === undefined ? await service.close() : await service.handlers[call]?.(ask) };
  } catch (error) {
    return { id, error: toWire(error) };
  }
}
