import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link FromAgent}. */
export const FROM_AGENT = 'munjigi:from-agent';

/** When an agent may send a message: once its hello was answered, or before. */
export type AgentMoment = 'after-hello' | 'before-hello';

/** Marks a message that door agents send, and nobody else. It is taken only once hello was answered, but for hello. */
export const FromAgent = ({ beforeHello = false } = {}) =>
  SetMetadata(FROM_AGENT, (beforeHello ? 'before-hello' : 'after-hello') satisfies AgentMoment);
