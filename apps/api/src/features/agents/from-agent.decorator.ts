import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link FromAgent}. */
export const FROM_AGENT = 'munjigi:from-agent';

/** When an agent may send a message: once its hello was answered, once it is known who it is, or before. */
export type AgentMoment = 'after-hello' | 'before-hello' | 'before-proof';

/** Marks a message that door agents send, and nobody else. It is taken only once hello was answered, unless told otherwise. */
export const FromAgent = (moment: AgentMoment = 'after-hello') => SetMetadata(FROM_AGENT, moment);
