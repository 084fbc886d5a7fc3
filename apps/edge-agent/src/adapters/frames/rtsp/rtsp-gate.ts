import { randomBytes } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { messageOf } from '../../../domain/agent-error';
import { CameraError } from '../picture-input';
import { CameraSession, type CameraPlace } from './camera-session';
import { bytesOf, RtspReader } from './rtsp-reader';

/** How long a camera may take to answer a knock. */
const CONNECT_LIMIT_MS = 4_000;
/** What may wait for a decoder: a second or two of a large picture. */
const WAITING_MAX_BYTES = 2_000_000;

/**
 * A gate on this computer's own loopback, for one connection, behind which is a network camera.
 *
 * A decoder that comes in by {@link RtspGate.url} speaks with the camera as if there were nothing between; the gate says
 * who asks. So the password is in no argument, no file and no word of the decoder, but in our memory alone. Who does not
 * name the gate's own path is shut out, and nobody comes in after the first.
 */
export class RtspGate {
  readonly #server: Server;
  readonly #camera: Socket;
  readonly #place: CameraPlace;
  readonly #path = randomBytes(12).toString('hex');
  #decoder: Socket | null = null;
  #why: CameraError | null = null;
  #cameraLeft = false;
  #decoderLeft = false;

  private constructor(server: Server, camera: Socket, place: CameraPlace) {
    this.#server = server;
    this.#camera = camera;
    this.#place = place;
    server.on('connection', (socket) => this.#enter(socket));
    camera.on('error', () => undefined);
    const left = (): void => {
      this.#cameraLeft = !this.#decoderLeft;
    };
    camera.once('end', left).once('error', left);
  }

  /** Connects to the camera, and opens the gate. @throws {CameraError} `camera/unreachable` */
  static async open(place: CameraPlace, signal: AbortSignal): Promise<RtspGate> {
    const camera = await knock(place, signal);
    try {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      return new RtspGate(server, camera, place);
    } catch (error) {
      camera.destroy();
      throw new CameraError('camera/broken', messageOf(error), { cause: error });
    }
  }

  /** Where a decoder comes in. */
  get url(): string {
    return `rtsp://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${this.#path}`;
  }

  /** Whether the camera, not the decoder, ended the connection. */
  get cameraLeft(): boolean {
    return this.#cameraLeft;
  }

  /** What the camera said that keeps it from showing anything; null: nothing. */
  get why(): CameraError | null {
    return this.#why;
  }

  /** Ends both connections. */
  close(): void {
    this.#server.close();
    this.#camera.destroy();
    this.#decoder?.destroy();
  }

  #enter(decoder: Socket): void {
    decoder.on('error', () => undefined);
    const session = new CameraSession(this.#place, { url: this.url, path: this.#path });
    const fromDecoder = new RtspReader();
    decoder.on('data', (chunk) =>
      this.#guarded(decoder, () => {
        for (const part of fromDecoder.push(chunk)) {
          if (this.#decoder !== decoder) {
            if (this.#decoder || !('message' in part) || !session.isFor(part.message)) {
              decoder.destroy();
              return;
            }
            this.#admit(decoder, session);
          }
          // A decoder that breaks takes its leave, and the camera then ends the connection.
          if ('message' in part && part.message.start.startsWith('TEARDOWN ')) this.#decoderLeft = true;
          this.#camera.write('packet' in part ? part.packet : bytesOf(session.toCamera(part.message)));
        }
      }),
    );
  }

  #admit(decoder: Socket, session: CameraSession): void {
    this.#decoder = decoder;
    this.#server.close();
    const fromCamera = new RtspReader();
    this.#camera.on('data', (chunk) =>
      this.#guarded(decoder, () => {
        for (const part of fromCamera.push(chunk)) {
          if ('packet' in part) {
            // A decoder that is too slow gets holes, not a picture that is ever older.
            if (decoder.writableLength < WAITING_MAX_BYTES) decoder.write(part.packet);
          } else {
            const { again, answer } = session.fromCamera(part.message);
            if (again) this.#camera.write(bytesOf(again));
            if (answer) decoder.write(bytesOf(answer));
          }
        }
        this.#why = session.why;
      }),
    );
    if (this.#camera.destroyed) decoder.destroy();
    this.#camera.once('close', () => decoder.end());
    decoder.once('close', () => this.#camera.destroy());
  }

  #guarded(decoder: Socket, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#why ??= new CameraError('camera/not-rtsp', messageOf(error), { cause: error });
      decoder.destroy();
      this.#camera.destroy();
    }
  }
}

function knock({ address, port }: CameraPlace, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const camera = connect({ host: address, port, noDelay: true });
    const fail = (reason: string, cause?: unknown): void => {
      camera.destroy();
      const message = `The camera at ${address}:${port} cannot be reached: ${reason}.`;
      reject(new CameraError('camera/unreachable', message, { cause }));
    };
    const abandon = (): void => fail('the agent stops');
    const limit = setTimeout(() => fail(`no answer within ${CONNECT_LIMIT_MS / 1000} s`), CONNECT_LIMIT_MS);
    camera.once('error', (error: NodeJS.ErrnoException) =>
      fail(REASONS[error.code ?? ''] ?? error.message, error),
    );
    camera.once('connect', () => resolve(camera));
    camera.once('connect', () => signal.removeEventListener('abort', abandon));
    camera.once('connect', () => clearTimeout(limit));
    camera.once('close', () => clearTimeout(limit));
    signal.addEventListener('abort', abandon, { once: true });
    if (signal.aborted) abandon();
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections on this port',
  EHOSTUNREACH: 'there is no way to it in the network',
  ENETUNREACH: 'there is no way to it in the network',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up',
};
