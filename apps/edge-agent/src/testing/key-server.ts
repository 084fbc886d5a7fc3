import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer as createTlsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AGENT_NAMESPACE,
  agentHandshakeSchema,
  keysRotateSchema,
  pairingText,
  pairRequestSchema,
  proofText,
  proveSchema,
  rotationText,
} from '@munjigi/contracts';
import { Server, type Socket } from 'socket.io';
import { v4 as uuidV4, v7 as uuidV7 } from 'uuid';

/** Where the next announcement of a key is lost: before the server has kept it, or after. */
export type Loss = 'before' | 'after';

/** The server's end of pairing, proving and changing keys, in memory, for one door and the code `abcd-efgh`. */
export class KeyServer {
  readonly doorId = uuidV7();
  serverId: string = uuidV4();
  /** The keys that are good, by fingerprint, the present one first. */
  readonly keys = new Map<string, string>();
  /** Fingerprints in the order in which they were proved. */
  readonly proved: string[] = [];
  /** Public keys in the order in which they were announced. */
  readonly announced: string[] = [];
  /** Requests to pair so far. */
  pairings = 0;
  loses: Loss | null = null;
  /** So many requests to pair are kept, and their answer lost. */
  pairingAnswersToLose = 0;
  /** What the agent sent beside its proof and hello before it was proved. */
  readonly early: string[] = [];
  readonly tokens: string[] = [];

  /** Fingerprints of the certificates' keys that connections showed, in their order; over TLS alone. */
  readonly certified: string[] = [];

  readonly #http;
  readonly #io;

  /** @param tls its key and certificate, PEM; undefined: it speaks no TLS */
  constructor(private readonly tls?: { readonly key: string; readonly cert: string }) {
    const onRequest = (req: IncomingMessage, res: ServerResponse): void => void this.#pair(req, res);
    const asking = { requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' } as const;
    this.#http = tls ? createTlsServer({ ...tls, ...asking }, onRequest) : createServer(onRequest);
    this.#io = new Server(this.#http, { serveClient: false });
    const agents = this.#io.of(AGENT_NAMESPACE);
    agents.use((socket, next) => {
      const handshake = agentHandshakeSchema.parse(socket.handshake.auth);
      const { socket: link } = socket.request;
      const certificate = link instanceof TLSSocket ? link.getPeerX509Certificate() : undefined;
      if (certificate) {
        const spki = certificate.publicKey.export({ format: 'der', type: 'spki' });
        this.certified.push(createHash('sha256').update(spki.subarray(-32)).digest('hex'));
      }
      if ('token' in handshake) this.tokens.push(handshake.token);
      const isKnown = 'fingerprint' in handshake && this.keys.has(handshake.fingerprint);
      next(isKnown ? undefined : new Error('agent/unauthenticated'));
    });
    agents.on('connection', (socket) => this.#serve(socket));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return `${this.tls ? 'https' : 'http'}://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await this.#io.close();
  }

  /** Asks the connected device for a new key. */
  renew(): void {
    this.#io.of(AGENT_NAMESPACE).emit('keys.renew', { v: 1 });
  }

  async #pair(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.url !== '/api/agents/pair') return;
    let body = '';
    for await (const chunk of req) body += String(chunk);
    const { code, publicKey, serverName, signature } = pairRequestSchema.parse(JSON.parse(body));
    this.pairings += 1;
    const text = pairingText({ serverName, code: 'abcdefgh', publicKey });
    const isGood = code === 'abcd-efgh' && isSigned(publicKey, text, signature);
    if (isGood) this.keys.clear();
    if (isGood) this.keys.set(fingerprintOf(publicKey), publicKey);
    if (this.pairingAnswersToLose > 0) {
      this.pairingAnswersToLose -= 1;
      req.socket.destroy();
      return;
    }
    const { doorId, serverId } = this;
    const answer = isGood
      ? { doorId, doorName: 'Main entrance', serverId, fingerprint: fingerprintOf(publicKey) }
      : { title: 'No.', status: 403, code: 'pairing/wrong-code' };
    res.writeHead(isGood ? 200 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #serve(socket: Socket): void {
    const { fingerprint } = socket.handshake.auth as { fingerprint: string };
    const nonce = randomBytes(32).toString('base64url');
    const { doorId, serverId } = this;
    let isProved = false;
    socket.emit('challenge', { v: 1, nonce, serverId });
    socket.onAny((name: string) => !isProved && name !== 'prove' && this.early.push(name));
    socket.on('prove', (message: unknown, answer: (reply: unknown) => void) => {
      const { serverName, signature } = proveSchema.parse(message);
      const publicKey = this.keys.get(fingerprint) ?? '';
      isProved = isSigned(publicKey, proofText({ serverId, serverName, doorId, nonce }), signature);
      if (isProved) this.proved.push(fingerprint);
      if (isProved && publicKey === this.announced.at(-1)) this.#forgetAllBut(fingerprint);
      answer(
        isProved
          ? { ok: true, doorId }
          : { ok: false, error: { code: 'agent/unauthenticated', message: '' } },
      );
    });
    socket.on('hello', (_: unknown, answer: (reply: unknown) => void) =>
      answer({
        ...{ ok: true, doorId, doorName: 'Main entrance', serverTime: new Date().toISOString() },
        ...{ desiredRevision: 0, acknowledgedSequence: 0 },
        limits: { eventsPerPushMax: 3, changesPerPullMax: 3 },
      }),
    );
    socket.on('sync.pull', (_: unknown, answer: (reply: unknown) => void) =>
      answer({ ok: true, reset: false, changes: [], throughRevision: 0, desiredRevision: 0 }),
    );
    socket.on('keys.rotate', (message: unknown, answer: (reply: unknown) => void) => {
      const { publicKey, signature, newKeySignature } = keysRotateSchema.parse(message);
      const text = rotationText({ serverId, doorId, publicKey });
      const isGood =
        isSigned(this.keys.get(fingerprint) ?? '', text, signature) &&
        isSigned(publicKey, text, newKeySignature);
      if (!isGood) return answer({ ok: false, error: { code: 'pairing/wrong-signature', message: '' } });
      this.announced.push(publicKey);
      const { loses } = this;
      this.loses = null;
      if (loses !== 'before') this.keys.set(fingerprintOf(publicKey), publicKey);
      if (loses === null) answer({ ok: true, fingerprint: fingerprintOf(publicKey) });
    });
  }

  #forgetAllBut(fingerprint: string): void {
    for (const other of [...this.keys.keys()]) if (other !== fingerprint) this.keys.delete(other);
  }
}

function isSigned(publicKey: string, text: string, signature: string): boolean {
  try {
    const spki = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(publicKey, 'base64url'),
    ]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex');
}
