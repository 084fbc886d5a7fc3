import * as z from 'zod';
import { newPasswordSchema, passwordSchema, secondFactorCodeSchema } from '../primitives/credentials';
import { administratorIdSchema, passkeyIdSchema } from '../primitives/ids';
import { instantSchema, personNameSchema, placeNameSchema } from '../primitives/scalars';

/** `GET /api/account`: oneself. */
export const accountSchema = z.object({
  id: administratorIdSchema,
  email: z.email(),
  name: personNameSchema.nullable(),
  /** Whether signing in with a password needs a code too. */
  secondFactor: z.boolean(),
  recoveryCodesLeft: z.int().nonnegative(),
});

/** `POST /api/account/password`. Every other sign-in ends. */
export const changePasswordRequestSchema = z.object({
  currentPassword: passwordSchema,
  newPassword: newPasswordSchema,
});

/** `POST /api/auth/step-up`: proves again who somebody is, so that this sign-in counts as recent. */
export const stepUpRequestSchema = z.object({
  password: passwordSchema,
  code: secondFactorCodeSchema.optional(),
});

/** `POST /api/account/second-factor`: the secret of an authenticator app, shown until the first code confirms it. */
export const secondFactorOfferSchema = z.object({
  /** Base32, to be typed where there is no camera. */
  secret: z.string(),
  uri: z.string(),
  /** The address as a QR code: a PNG as a data URL. */
  qr: z.string(),
});

/** `POST /api/account/second-factor/confirmation` */
export const confirmSecondFactorRequestSchema = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'must be six digits'),
});

/** Codes for when the authenticator app is not at hand: shown this once, each good for one sign-in. */
export const recoveryCodesSchema = z.object({ codes: z.array(z.string()) });

/** A key on somebody's device, with which they sign in alone. */
export const passkeySchema = z.object({
  id: passkeyIdSchema,
  name: placeNameSchema,
  /** Whether it is kept on more than one device. */
  backedUp: z.boolean(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});

/** `GET /api/account/passkeys` */
export const passkeyListSchema = z.object({ items: z.array(passkeySchema) });

/** What a browser's WebAuthn interface takes and gives; only it, and the server's library, look inside. */
const webAuthnSchema = z.record(z.string(), z.unknown());

/** `POST /api/account/passkeys/options` and `POST /api/auth/passkey/options`: for the browser, good for five minutes. */
export const passkeyOptionsSchema = z.object({ challengeId: z.uuid(), options: webAuthnSchema });

/** `POST /api/account/passkeys` */
export const createPasskeyRequestSchema = z.object({
  challengeId: z.uuid(),
  name: placeNameSchema,
  response: webAuthnSchema,
});

/** `PATCH /api/account/passkeys/{id}` */
export const updatePasskeyRequestSchema = z.object({ name: placeNameSchema });

/** `POST /api/auth/passkey`: signs in. */
export const passkeySignInRequestSchema = z.object({ challengeId: z.uuid(), response: webAuthnSchema });

export type Account = z.infer<typeof accountSchema>;
export type ChangePasswordRequest = z.infer<typeof changePasswordRequestSchema>;
export type StepUpRequest = z.infer<typeof stepUpRequestSchema>;
export type ConfirmSecondFactorRequest = z.infer<typeof confirmSecondFactorRequestSchema>;
export type CreatePasskeyRequest = z.infer<typeof createPasskeyRequestSchema>;
export type UpdatePasskeyRequest = z.infer<typeof updatePasskeyRequestSchema>;
export type PasskeySignInRequest = z.infer<typeof passkeySignInRequestSchema>;
