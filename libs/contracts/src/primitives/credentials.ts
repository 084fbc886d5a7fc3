import * as z from 'zod';

/** An e-mail address that somebody signs in with; lower case. */
export const emailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());

/** A password as it is typed to sign in: 1 to 1024 characters. */
export const passwordSchema = z.string().min(1).max(1024);

/**
 * A password that is to be set: 12 to 1024 characters, of any kind (NIST SP 800-63B). The server refuses those that are
 * widely known, and those made of the address or of the product's name.
 */
export const newPasswordSchema = z
  .string()
  .min(12, 'must have at least 12 characters')
  .max(1024, 'must have at most 1024 characters');

/** A code of an authenticator app (six digits), or one of the recovery codes. */
export const secondFactorCodeSchema = z.string().trim().min(6).max(64);

/** A secret that is handed over once and then changed for something else: 43 characters of base64url. */
export const oneTimeTokenSchema = z
  .string()
  .regex(/^[\w-]{43}$/, 'must be the whole of what was handed over');

/**
 * How somebody proved who they are. `password+code`: with a code of their authenticator app. `password+recovery`: with
 * one of their recovery codes. `invitation`: with the link that they were handed.
 */
export const signInMethodSchema = z.enum([
  'password',
  'password+code',
  'password+recovery',
  'passkey',
  'invitation',
]);

export type SignInMethod = z.infer<typeof signInMethodSchema>;
