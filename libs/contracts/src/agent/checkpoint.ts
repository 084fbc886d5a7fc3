import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { deviceSignatureSchema } from '../primitives/device-key';
import { epochSchema } from '../primitives/ids';
import { eventHashSchema, instantSchema, sequenceSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/**
 * `events.checkpoint`, agent to server: the device vouches for all events of an epoch up to one, which is the last that
 * was acknowledged. `signature` is of {@link checkpointText}, by the key of this connection.
 */
export const eventsCheckpointSchema = z.object({
  v: versionSchema,
  epoch: epochSchema,
  sequence: sequenceSchema,
  /** Of the event with this sequence. */
  hash: eventHashSchema,
  /** The door's wall clock when it signed. */
  at: instantSchema,
  signature: deviceSignatureSchema,
});

/** Sent after the commit, also when the server has another hash there: nothing that the door does mends that. */
export const eventsCheckpointAnswerSchema = answerSchema({});

export type EventsCheckpoint = z.infer<typeof eventsCheckpointSchema>;
