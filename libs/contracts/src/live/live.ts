import * as z from 'zod';
import { previewFrameSchema } from '../agent/preview';
import { answerSchema } from '../errors/problem';
import { alarmSchema } from '../http/alarms';
import { doorEventSchema } from '../http/door-events';
import { doorSchema } from '../http/doors';
import { accessEventSchema } from '../http/events';
import { doorIdSchema } from '../primitives/ids';
import { LIVE_PROTOCOL_VERSION } from '../words';

const v = z.literal(LIVE_PROTOCOL_VERSION);

/** `watch`, console to server: the doors whose pictures this page shows; replaces what it watched before. */
export const liveWatchSchema = z.object({ v, doorIds: z.array(doorIdSchema).max(64) });
export const liveWatchAnswerSchema = answerSchema({});

/** `frame`, server to console, volatile. */
export const liveFrameSchema = previewFrameSchema.extend({ v, doorId: doorIdSchema });

/** `event`, server to console: an access event, after its commit. */
export const liveEventSchema = z.object({ v, event: accessEventSchema });

/** `door-event`, server to console: what happened to a door apart from visits, after its commit. */
export const liveDoorEventSchema = z.object({ v, event: doorEventSchema });

/** `alarm`, server to console: an alarm that was raised, happened again, or was seen to. */
export const liveAlarmSchema = z.object({ v, alarm: alarmSchema });

/** `door`, server to console: a door whose state or settings changed. */
export const liveDoorSchema = z.object({ v, door: doorSchema });

/** Why a handshake was refused: the `message` of socket.io's `connect_error`. */
export const liveRefusalSchema = z.enum(['live/unauthenticated', 'live/forbidden', 'live/unavailable']);

export type LiveWatch = z.infer<typeof liveWatchSchema>;
export type LiveWatchAnswer = z.infer<typeof liveWatchAnswerSchema>;
export type LiveFrame = z.infer<typeof liveFrameSchema>;
export type LiveEvent = z.infer<typeof liveEventSchema>;
export type LiveDoorEvent = z.infer<typeof liveDoorEventSchema>;
export type LiveAlarm = z.infer<typeof liveAlarmSchema>;
export type LiveDoor = z.infer<typeof liveDoorSchema>;
export type LiveRefusal = z.infer<typeof liveRefusalSchema>;
