import * as z from 'zod';

/** How somebody consented: signed on paper, on a screen before them, or through an invitation that was sent to them. */
export const consentHowSchema = z.enum(['paper', 'screen', 'invitation']);

/** A language as BCP 47 names it, such as `ko` or `en-GB`. */
export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as ko');

export type ConsentHow = z.infer<typeof consentHowSchema>;
