import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintSchema } from '@munjigi/contracts';
import { z } from 'zod';
import { AgentError } from '../../domain/agent-error';
import type { Identity, OwnKey, PairedDoor } from '../../ports/identity';
import { makeCertificate } from './device-certificate';
import { writeWhole } from './write-whole';

/** An Ed25519 private key, PKCS #8 in base64url. */
const storedKey = z.string().regex(/^[A-Za-z0-9_-]+$/);

const fileSchema = z.object({
  v: z.literal(1),
  door: z
    .object({ doorId: z.uuid(), serverId: z.uuid(), serverUrl: z.url().nullable().default(null) })
    .nullable(),
  key: storedKey.nullable(),
  next: storedKey.nullable(),
  pairing: storedKey.nullable(),
});

type Content = z.infer<typeof fileSchema>;

const NOTHING: Content = { v: 1, door: null, key: null, next: null, pairing: null };

/** Where the identity is, in the agent's data folder. */
export function identityPath(directory: string): string {
  return join(directory, 'identity.json');
}

/** Where the server is that this device was paired with; null where it was not, or the identity cannot be read. */
export function pairedServerUrl(directory: string): string | null {
  try {
    return read(identityPath(directory)).door?.serverUrl ?? null;
  } catch {
    return null;
  }
}

/** The identity in one file of mode 0600, written whole or not at all: after a kill it is the one before or after. */
export class IdentityFile implements Identity {
  readonly #path: string;

  /** @throws {AgentError} `identity/invalid`, `identity/unreadable` */
  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#path = identityPath(directory);
    read(this.#path);
  }

  /** Read anew each time: the command that pairs is another process. */
  get #content(): Content {
    return read(this.#path);
  }

  get door(): PairedDoor | null {
    return this.#content.door;
  }

  get keys(): readonly OwnKey[] {
    const { door, next, key: present } = this.#content;
    if (door === null) return [];
    return [next, present].flatMap((key) => (key === null ? [] : [ownKey(key)]));
  }

  get next(): OwnKey | null {
    const { next } = this.#content;
    return next === null ? null : ownKey(next);
  }

  pairingKey(): OwnKey {
    const content = this.#content;
    const pairing = content.pairing ?? newKey();
    if (content.pairing === null) this.#write({ ...content, pairing });
    return ownKey(pairing);
  }

  dropPairingKey(): void {
    this.#write({ ...this.#content, pairing: null });
  }

  paired(door: PairedDoor): void {
    this.#write({
      ...NOTHING,
      door: { doorId: door.doorId, serverId: door.serverId, serverUrl: door.serverUrl },
      key: this.#content.pairing,
    });
  }

  makeNext(): OwnKey {
    const content = this.#content;
    const next = content.next ?? newKey();
    if (content.next === null) this.#write({ ...content, next });
    return ownKey(next);
  }

  dropNext(): void {
    this.#write({ ...this.#content, next: null });
  }

  proved(fingerprint: string): void {
    const content = this.#content;
    const { next } = content;
    if (next === null || ownKey(next).fingerprint !== fingerprint) return;
    this.#write({ ...content, key: next, next: null });
  }

  #write(content: Content): void {
    writeWhole(this.#path, `${JSON.stringify(content)}\n`);
  }
}

function read(path: string): Content {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw new AgentError('identity/unreadable', `The identity ${path} cannot be read.`, { cause: error });
  }
  try {
    const content = fileSchema.parse(JSON.parse(text));
    for (const key of [content.key, content.next, content.pairing]) if (key !== null) ownKey(key);
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return content;
  } catch (error) {
    throw new AgentError(
      'identity/invalid',
      `${path} is no identity. Bring the file back, or delete it and pair this computer with its door again.`,
      { cause: error },
    );
  }
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
}

function ownKey(stored: string): OwnKey {
  const privateKey = createPrivateKey({
    key: Buffer.from(stored, 'base64url'),
    format: 'der',
    type: 'pkcs8',
  });
  const bytes = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    publicKey: bytes.toString('base64url'),
    fingerprint: fingerprintSchema.parse(createHash('sha256').update(bytes).digest('hex')),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url'),
    certificate: (nowMs) => makeCertificate(privateKey, nowMs),
  };
}
