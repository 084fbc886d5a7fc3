import * as z from 'zod';

/** An Ed25519 public key: its 32 bytes, base64url. */
export const deviceKeySchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url');

/** An Ed25519 signature: its 64 bytes, base64url. */
export const deviceSignatureSchema = z.string().regex(/^[A-Za-z0-9_-]{86}$/, 'must be 64 bytes in base64url');

/** SHA-256 of a public key's 32 bytes, hexadecimal, lower case: what a key is told apart by. */
export const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The one-time code that a door's device pairs with: eight letters and digits that are not mistaken for one another.
 * However it is typed, blanks and hyphens are passed over.
 */
export const pairingCodeSchema = z.string().min(8).max(32);
