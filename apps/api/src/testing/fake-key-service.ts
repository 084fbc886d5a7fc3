import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretBox } from '../platform/crypto/secret-box';

interface Item {
  readonly context: string;
  readonly plaintext?: string;
  readonly ciphertext?: string;
}

/** A key service as its contract says, in memory, which fails when told to. */
export class FakeKeyService {
  /** Every request's path, in order. */
  readonly requests: string[] = [];
  /** How many items the largest request had. */
  itemsMax = 0;
  /** Answers this status in place of an answer, when set. */
  failWith: number | null = null;
  /** Answers this body, when set. */
  answerWith: unknown = null;

  private readonly boxes = new Map<string, SecretBox>();
  private readonly server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      this.requests.push(req.url ?? '');
      const [status, body] = this.answer(req.url ?? '', {
        token: req.headers.authorization,
        text: Buffer.concat(chunks).toString(),
      });
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  constructor(readonly token = 'a-token-of-the-service') {}

  /** @returns its address */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(path: string, request: { token?: string; text: string }): [number, unknown] {
    if (this.failWith !== null) return [this.failWith, {}];
    if (this.answerWith !== null) return [200, this.answerWith];
    if (request.token !== `Bearer ${this.token}`) return [401, {}];
    const match = /^\/v1\/keys\/([^/]+)\/(wrap|unwrap)$/.exec(path);
    if (!match) return [404, {}];
    const box = this.box(match[1] as string);
    const { items } = JSON.parse(request.text) as { items: Item[] };
    this.itemsMax = Math.max(this.itemsMax, items.length);
    try {
      return [
        200,
        { items: items.map((item) => (match[2] === 'wrap' ? wrap(box, item) : unwrap(box, item))) },
      ];
    } catch {
      return [422, {}];
    }
  }

  private box(name: string): SecretBox {
    const known = this.boxes.get(name) ?? new SecretBox(randomBytes(32));
    this.boxes.set(name, known);
    return known;
  }
}

function wrap(box: SecretBox, { context, plaintext = '' }: Item) {
  return { ciphertext: box.seal(Buffer.from(plaintext, 'base64'), context).toString('base64') };
}

function unwrap(box: SecretBox, { context, ciphertext = '' }: Item) {
  return { plaintext: Buffer.from(box.open(Buffer.from(ciphertext, 'base64'), context)).toString('base64') };
}
