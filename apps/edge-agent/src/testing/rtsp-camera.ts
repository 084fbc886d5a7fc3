import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { bytesOf, headerOf, RtspReader, type RtspMessage } from '../adapters/frames/rtsp/rtsp-reader';

const SIZE = { width: 160, height: 120 };
const INTERVAL_MS = 100;

/** What is before the camera. */
export type Scene = 'live' | 'frozen' | 'black';

/** Who may look, and how the camera asks: with which hash, and whether by the newer rules. */
export interface CameraAuth {
  readonly user: string;
  readonly password: string;
  readonly scheme?: 'digest' | 'digest-qop';
}

/**
 * A network camera: what it is shown is encoded by a real encoder, and comes by RTSP over TCP or UDP on loopback.
 */
export class RtspCamera {
  readonly #server: Server;
  readonly #nonce = randomBytes(8).toString('hex');
  readonly #clients = new Map<Socket, (packet: Buffer) => void>();
  readonly #sockets = new Set<Socket>();
  readonly #media: UdpSocket;
  #encoder: ChildProcessByStdio<Writable, Readable, null> | null = null;
  #feeding: NodeJS.Timeout | undefined;
  #sdp = '';
  #port = 0;
  #frame: Buffer = Buffer.alloc(0);
  /** Whom it shows anything; null: everybody. */
  auth: CameraAuth | null = null;
  /** What it looks at now. */
  scene: Scene = 'live';
  /** Whether its packets get lost. */
  isSilent = false;
  /** Requests as they came. */
  requests: RtspMessage[] = [];

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
    this.#media = createSocket('udp4');
  }

  static async start(ffmpegPath: string): Promise<RtspCamera> {
    const camera = new RtspCamera();
    await new Promise<void>((resolve) => camera.#media.bind(0, '127.0.0.1', resolve));
    camera.#media.on('message', (packet) => camera.#forward(packet));
    await camera.#encode(ffmpegPath);
    await camera.listen();
    return camera;
  }

  get port(): number {
    return this.#port;
  }

  /** Is reachable, at the same port as before. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection and takes no other. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async stop(): Promise<void> {
    clearInterval(this.#feeding);
    if (this.#server.listening) await this.cut();
    this.#media.close();
    const encoder = this.#encoder;
    if (!encoder || encoder.exitCode !== null) return;
    const gone = new Promise((resolve) => encoder.once('close', resolve));
    encoder.kill('SIGKILL');
    await gone;
  }

  async #encode(ffmpegPath: string): Promise<void> {
    const port = this.#media.address().port;
    const { width, height } = SIZE;
    const encoder = spawn(
      ffmpegPath,
      [
        ...['-hide_banner', '-loglevel', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgb24'],
        ...['-s', `${width}x${height}`, '-r', String(1000 / INTERVAL_MS), '-i', 'pipe:0'],
        ...[
          '-c:v',
          'libx264',
          '-preset',
          'ultrafast',
          '-tune',
          'zerolatency',
          '-g',
          '10',
          '-pix_fmt',
          'yuv420p',
        ],
        ...['-f', 'rtp', `rtp://127.0.0.1:${port}?pkt_size=1200&rtcpport=${port}`],
      ],
      { stdio: ['pipe', 'pipe', 'ignore'] },
    );
    this.#encoder = encoder;
    encoder.stdin.on('error', () => undefined);
    this.#feeding = setInterval(() => encoder.stdin.write(this.#picture()), INTERVAL_MS);
    await new Promise<void>((resolve) => {
      encoder.stdout.setEncoding('utf8').on('data', (text: string) => {
        this.#sdp += text;
        if (this.#sdp.includes('a=rtpmap')) resolve();
      });
    });
    const lines = this.#sdp.slice(this.#sdp.indexOf('v=0')).trim().split(/\r?\n/);
    const session = lines.map((line) => line.replace(/^m=video \d+/, 'm=video 0'));
    this.#sdp = [...session, 'a=control:trackID=0', ''].join('\r\n');
  }

  #picture(): Buffer {
    if (this.scene === 'frozen' && this.#frame.length > 0) return this.#frame;
    const { width, height } = SIZE;
    const frame = randomBytes(width * height * 3);
    const isBlack = this.scene === 'black';
    for (let at = 0; at < frame.length; at += 1) {
      const x = Math.floor(at / 3) % width;
      // Bars with a sensor's noise on them.
      frame[at] = isBlack ? frame[at]! >> 6 : (Math.floor(x / 16) % 2) * 90 + 70 + (frame[at]! >> 3);
    }
    this.#frame = frame;
    return frame;
  }

  #forward(packet: Buffer): void {
    // Reports of the encoder come to the same port.
    const isReport = packet.length > 1 && packet[1]! >= 200 && packet[1]! <= 204;
    if (isReport || this.isSilent) return;
    for (const send of this.#clients.values()) send(packet);
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    const reader = new RtspReader();
    let send = (packet: Buffer): void => void socket.write(interleaved(packet));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#clients.delete(socket);
    });
    socket.on('data', (chunk) => {
      for (const part of reader.push(chunk)) {
        if ('packet' in part) continue;
        const { message } = part;
        this.requests.push(message);
        const method = message.start.split(' ')[0];
        if (method !== 'OPTIONS' && !this.#isAuthorised(message)) {
          this.#answer(socket, message, '401 Unauthorized', [['WWW-Authenticate', this.#challenge()]]);
        } else if (method === 'DESCRIBE') {
          const isKnown = message.start.includes('/live');
          const type = [['Content-Type', 'application/sdp'] as const];
          if (isKnown) this.#answer(socket, message, '200 OK', type, this.#sdp);
          else this.#answer(socket, message, '404 Not Found');
        } else if (method === 'SETUP') {
          const transport = headerOf(message, 'transport') ?? '';
          const clientPort = /client_port=(\d+)/.exec(transport)?.[1];
          const mine = this.#media.address().port;
          if (clientPort) send = (packet) => this.#media.send(packet, Number(clientPort), '127.0.0.1');
          const reply = clientPort ? `${transport};server_port=${mine}-${mine + 1}` : transport;
          this.#answer(socket, message, '200 OK', [
            ['Transport', reply],
            ['Session', '12345678'],
          ]);
        } else {
          if (method === 'PLAY') this.#clients.set(socket, (packet) => send(packet));
          this.#answer(socket, message, '200 OK', [['Session', '12345678']]);
        }
      }
    });
  }

  #answer(
    socket: Socket,
    request: RtspMessage,
    status: string,
    headers: readonly (readonly [string, string])[] = [],
    body = '',
  ): void {
    const length = body === '' ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const];
    const number = ['CSeq', headerOf(request, 'cseq') ?? '0'] as const;
    const answer = {
      start: `RTSP/1.0 ${status}`,
      headers: [number, ...headers, ...length],
      body: Buffer.from(body),
    };
    socket.write(bytesOf(answer));
  }

  #challenge(): string {
    const { scheme = 'digest' } = this.auth!;
    return `Digest realm="camera", nonce="${this.#nonce}"${scheme === 'digest-qop' ? ', qop="auth", algorithm=SHA-256' : ''}`;
  }

  #isAuthorised(request: RtspMessage): boolean {
    if (!this.auth) return true;
    const { user, password, scheme = 'digest' } = this.auth;
    const given = headerOf(request, 'authorization') ?? '';
    const field = (name: string): string => new RegExp(`\\b${name}="?([^",]+)"?`).exec(given)?.[1] ?? '';
    const hash = (text: string): string =>
      createHash(scheme === 'digest-qop' ? 'sha256' : 'md5')
        .update(text)
        .digest('hex');
    const [method, uri] = request.start.split(' ');
    const who = hash(`${user}:camera:${password}`);
    const what = hash(`${method}:${uri}`);
    const middle = scheme === 'digest-qop' ? `${field('nc')}:${field('cnonce')}:auth:` : '';
    return field('response') === hash(`${who}:${this.#nonce}:${middle}${what}`) && field('uri') === uri;
  }
}

function interleaved(packet: Buffer): Buffer {
  const head = Buffer.from([0x24, 0, 0, 0]);
  head.writeUInt16BE(packet.length, 2);
  return Buffer.concat([head, packet]);
}
