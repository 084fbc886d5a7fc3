import { z } from 'zod';

const name = z.string().regex(/^[\w./:-]{1,120}$/, 'must be letters, digits and . / : _ -');
const line = z.int().min(0).max(1023);
const secret = z.string().min(1).max(500);
const inputsOf = <S extends z.ZodType>(schema: S) =>
  z.partialRecord(z.enum(['position', 'rex', 'tamper', 'bolt', 'fire']), schema).default({});

/** An address whose user and password stand elsewhere in the file, where they are proven as the other side asks. */
const address = (protocol: RegExp) =>
  z
    .url({ protocol })
    .refine(hasNoUser, 'must have no user and password in it: they have fields of their own');

function hasNoUser(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { username, password } = new URL(url);
  return username === '' && password === '';
}

/** Lines of a GPIO chip of this machine. */
export const gpioConfigSchema = z
  .strictObject({
    kind: z.literal('gpio'),
    /** Such as `gpiochip0`. */
    chip: name,
    /** `activeLow`: the relay's board pulls when the line is low. */
    relay: z.strictObject({ line, activeLow: z.boolean().default(false) }),
    /** A buzzer or lamp that warns at the door. */
    warning: z
      .strictObject({ line, activeLow: z.boolean().default(false) })
      .nullable()
      .default(null),
    inputs: inputsOf(z.strictObject({ line, closedWhen: z.enum(['low', 'high']).default('low') })),
    bias: z.enum(['as-is', 'disable', 'pull-up', 'pull-down']).default('pull-up'),
  })
  .superRefine(({ relay, warning, inputs }, ctx) => {
    const outputs = [relay.line, ...(warning ? [warning.line] : [])];
    const lines = [...outputs, ...Object.values(inputs).map((input) => input.line)];
    for (const twice of new Set(lines.filter((value, index) => lines.indexOf(value) < index)))
      ctx.addIssue({ code: 'custom', message: `line ${twice} is used twice: give each its own` });
  });

const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
  /** `{seconds}` and `{ms}` stand for how long the relay may stay energised by this request. */
  url: address(/^https?$/),
  body: z.string().max(4_000).nullable().default(null),
  contentType: z.string().max(100).default('application/json'),
});

/** A relay that is moved by requests, and falls by itself after the time that it was given. */
export const httpConfigSchema = z
  .strictObject({
    kind: z.literal('http'),
    unlock: requestSchema,
    lock: requestSchema,
    /** How long one request unlocks, at most; renewed at half of it for as long as the door is unlocked. */
    pulseMs: z.int().min(1_000).max(60_000).default(10_000),
    /** How often a locked relay is told to lock again, which shows whether it is still there. */
    checkMs: z.int().min(1_000).max(3_600_000).default(30_000),
    timeoutMs: z.int().min(100).max(30_000).default(3_000),
    auth: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('password'), user: z.string().min(1).max(200), password: secret }),
        z.strictObject({ kind: z.literal('bearer'), token: secret }),
      ])
      .nullable()
      .default(null),
    /** Certificates that the relay's own may be signed by; null: those that the system trusts. */
    caFile: z.string().min(1).nullable().default(null),
  })
  .refine(({ unlock }) => /\{(seconds|ms)\}/.test(unlock.url + (unlock.body ?? '')), {
    path: ['unlock'],
    error: 'must say {seconds} or {ms}: a relay that is told no time stays unlocked when the agent dies',
  });

/** A relay that listens to an MQTT broker, whose last word for an agent that dies is to lock. */
export const mqttConfigSchema = z.strictObject({
  kind: z.literal('mqtt'),
  url: address(/^(mqtts?|wss?)$/),
  user: z.string().min(1).max(200).nullable().default(null),
  password: secret.nullable().default(null),
  caFile: z.string().min(1).nullable().default(null),
  clientId: z.string().min(1).max(120).nullable().default(null),
  relay: z.strictObject({
    topic: z.string().min(1).max(400),
    unlock: z.string().min(1).max(200).default('ON'),
    lock: z.string().min(1).max(200).default('OFF'),
  }),
  /** Where the door's lock is told of, retained; null: nowhere. */
  stateTopic: z.string().min(1).max(400).nullable().default(null),
  inputs: inputsOf(
    z.strictObject({
      topic: z.string().min(1).max(400),
      closed: z.string().max(200).default('CLOSED'),
      open: z.string().max(200).default('OPEN'),
    }),
  ),
  /** Where the device behind the broker says that it is there, retained, with its own last will; null: nowhere. */
  availability: z
    .strictObject({
      topic: z.string().min(1).max(400),
      online: z.string().max(200).default('online'),
    })
    .nullable()
    .default(null),
  timeoutMs: z.int().min(100).max(30_000).default(3_000),
});

/** How a door's wires are reached; the file that `MUNJIGI_DOOR_FILE` names. */
export const doorHardwareSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('simulated') }),
  gpioConfigSchema,
  httpConfigSchema,
  mqttConfigSchema,
]);

export type GpioConfig = z.infer<typeof gpioConfigSchema>;
export type HttpConfig = z.infer<typeof httpConfigSchema>;
export type MqttConfig = z.infer<typeof mqttConfigSchema>;
export type DoorHardwareConfig = z.infer<typeof doorHardwareSchema>;
