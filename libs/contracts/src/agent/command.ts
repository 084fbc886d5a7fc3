import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { commandReportSchema, doorCommandSchema } from '../primitives/door-command';
import { commandIdSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/**
 * `door.command`, server to agent: do this once. Answered once it is done, refused, or begun. The same id again is
 * answered with what has become of it, and does nothing.
 */
export const doorCommandMessageSchema = z.object({
  v: versionSchema,
  commandId: commandIdSchema,
  /** By the server's clock; from here on the door refuses. */
  expiresAt: instantSchema,
  command: doorCommandSchema,
});

export const doorCommandAnswerSchema = answerSchema(commandReportSchema.shape);

/** `command.report`, agent to server: what has become of a command; sent until it is answered. */
export const commandReportMessageSchema = commandReportSchema.extend({ v: versionSchema });

export const commandReportAnswerSchema = answerSchema({});

export type DoorCommandMessage = z.infer<typeof doorCommandMessageSchema>;
export type DoorCommandAnswer = z.infer<typeof doorCommandAnswerSchema>;
export type CommandReportMessage = z.infer<typeof commandReportMessageSchema>;
