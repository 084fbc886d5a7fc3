import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What the options of both ceremonies have in common. */
interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
}

/** What a test may make a device do wrong. */
export interface Misdeeds {
  readonly origin?: string;
  /** Whether it asked for its lock; it does. */
  readonly userVerified?: boolean;
  readonly counter?: number;
}

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

/** A device with one passkey (ES256), as a browser would speak for it. */
export class TestAuthenticator {
  readonly id = randomBytes(16);
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private counter = 0;

  /** @param origin where its browser is */
  constructor(private readonly origin: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** The answer of `navigator.credentials.create`. */
  create(options: Options, misdeeds: Misdeeds = {}): Record<string, unknown> {
    const id = this.id;
    const authData = Buffer.concat([
      this.authenticatorData(options.rp?.id ?? '', FLAGS.attested, misdeeds),
      Buffer.alloc(16),
      Buffer.of(0, id.length),
      id,
      this.coseKey(),
    ]);
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]) as never,
    );
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', options, misdeeds),
      attestationObject: Buffer.from(attestation).toString('base64url'),
      transports: ['internal'],
    });
  }

  /** The answer of `navigator.credentials.get`. */
  get(options: Options, misdeeds: Misdeeds = {}): Record<string, unknown> {
    const clientDataJSON = this.clientData('webauthn.get', options, misdeeds);
    const authenticatorData = this.authenticatorData(options.rpId ?? '', 0, misdeeds);
    const clientHash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([authenticatorData, clientHash]), this.privateKey);
    return this.answer({
      clientDataJSON,
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
    });
  }

  private answer(response: object): Record<string, unknown> {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  private clientData(type: string, { challenge }: Options, { origin = this.origin }: Misdeeds): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
  }

  private authenticatorData(rpId: string, flags: number, misdeeds: Misdeeds): Buffer {
    const { userVerified = true, counter = ++this.counter } = misdeeds;
    const all = FLAGS.present | flags | (userVerified ? FLAGS.verified : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.of(all), count]);
  }

  /** EC2, ES256, P-256, x, y. */
  private coseKey(): Buffer {
    const { x = '', y = '' } = this.publicKey.export({ format: 'jwk' });
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
    return Buffer.from(
      isoCBOR.encode(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, bytes(x)],
          [-3, bytes(y)],
        ]) as never,
      ),
    );
  }
}
