import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  challengeSchema,
  pairingText,
  proofText,
  rotationText,
  type Challenge,
  type PairAnswer,
} from '@munjigi/contracts';
import { TestAgent, type TlsLink } from './test-agent';
import type { Answer, TestServer } from './test-server';

/** A door's device as far as the wire goes: a key, and what it was told when it was paired. */
export class TestDevice {
  readonly publicKey: string;
  readonly fingerprint: string;
  /** Its key, both halves. */
  readonly keyPair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  private identity?: PairAnswer;

  /** @param serverName that it signs for */
  constructor(readonly serverName = '127.0.0.1') {
    const pair = generateKeyPairSync('ed25519');
    const bytes = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    this.keyPair = pair;
    this.publicKey = bytes.toString('base64url');
    this.fingerprint = createHash('sha256').update(bytes).digest('hex');
  }

  /** A signature by its key, base64url. */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.keyPair.privateKey).toString('base64url');
  }

  /** Asks to be paired. */
  async pair(server: TestServer, code: string, changes: object = {}): Promise<Answer> {
    const { publicKey, serverName } = this;
    const signature = this.sign(pairingText({ serverName, publicKey, code: code.replaceAll('-', '') }));
    const json = { code, publicKey, serverName, agentVersion: '0.0.0-test', signature, ...changes };
    const answer = await server.callAnonymously('POST', '/api/agents/pair', { json });
    if (answer.status === 200) this.identity = answer.body as PairAnswer;
    return answer;
  }

  /** Becomes what another device has announced as its next key. */
  inherit(other: TestDevice): void {
    this.identity = other.identity;
  }

  /** Connects up to the server's challenge, or throws what the handshake was refused with. */
  async challenged(url: string, tls: TlsLink = {}): Promise<{ agent: TestAgent; challenge: Challenge }> {
    const agent = await TestAgent.connectWith(url, { fingerprint: this.fingerprint }, tls);
    return { agent, challenge: challengeSchema.parse(await agent.message('challenge')) };
  }

  /** The answer to a challenge. */
  proof({ nonce, serverId }: Challenge): object {
    const { serverName, identity } = this;
    const text = proofText({ serverId, serverName, doorId: identity?.doorId ?? '', nonce });
    return { v: 1, serverName, signature: this.sign(text) };
  }

  /** Connects and proves its key. @throws when it is refused */
  async connect(url: string, tls: TlsLink = {}): Promise<TestAgent> {
    const { agent, challenge } = await this.challenged(url, tls);
    const answer = (await agent.ask('prove', this.proof(challenge))) as {
      ok: boolean;
      error?: { code: string };
    };
    if (!answer.ok) throw new Error(answer.error?.code);
    return agent;
  }

  /** What announces another device's key as the next. */
  rotation(next: TestDevice, { signedBy = next }: { signedBy?: TestDevice } = {}): object {
    const { serverId = '', doorId = '' } = this.identity ?? {};
    const text = rotationText({ serverId, doorId, publicKey: next.publicKey });
    return {
      v: 1,
      publicKey: next.publicKey,
      signature: this.sign(text),
      newKeySignature: signedBy.sign(text),
    };
  }
}
