import { hash, verify } from '@node-rs/argon2';

/** OWASP's recommendation for argon2id: 19 MiB, two passes. The defaults of the library are argon2id 1.3. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of nobody's password: verified where there is no account, so that the answer takes as long. */
let nobody: Promise<string> | undefined;

/** The argon2id encoding of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/**
 * Whether the password fits. Takes the same time when there is no account.
 *
 * @param encoded what {@link hashPassword} gave, or null when there is no such account or it has no password.
 */
export async function passwordFits(encoded: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody’s password');
  const fits = await verify(encoded ?? (await nobody), password);
  return fits && encoded !== null;
}
