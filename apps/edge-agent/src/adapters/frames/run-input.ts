import { PpmStream, type PictureTaker } from '@munjigi/face-core';
import { messageOf } from '../../domain/agent-error';
import type { FramePool } from './frame-pool';
import { CameraError, type OpenedInput } from './picture-input';
import { lastLine, startPictureProgram } from './picture-program';
import { RawStream } from './raw-stream';

/** How the pictures of an opened input are taken. */
export interface Running {
  readonly name: string;
  readonly pool: FramePool;
  /** Gets each picture in a buffer of the pool. */
  readonly onPicture: (data: Uint8Array, width: number, height: number) => void;
  /** An input that gives no first picture, or then no next one, for this long has stalled. */
  readonly stallMs: { readonly first: number; readonly next: number };
  readonly signal: AbortSignal;
}

/**
 * Takes the pictures of an input until it ends.
 *
 * @returns after its last picture, or when the signal aborted; its program is gone by then.
 * @throws {CameraError} when it stalled, broke off or gave no picture.
 */
export async function runInput(
  input: Pick<OpenedInput, 'program' | 'size' | 'why'>,
  running: Running,
): Promise<void> {
  const { name, pool, onPicture, stallMs, signal } = running;
  let pictures = 0;
  let broken: unknown = null;
  const program = startPictureProgram(input.program);
  const fail = (error: unknown): void => {
    broken ??= error;
    program.end();
  };
  const stalled = (): void => fail(new CameraError('camera/stalled', `${name} has stalled.`));
  let stall = setTimeout(stalled, stallMs.first);
  const stream = streamOf(input, {
    buffer: (byteLength) => pool.take(byteLength),
    picture: (data, width, height) => {
      pictures += 1;
      if (pictures === 1) {
        clearTimeout(stall);
        stall = setTimeout(stalled, stallMs.next);
      } else stall.refresh();
      onPicture(data, width, height);
    },
  });
  program.pictures.on('data', (chunk: Buffer) => {
    if (broken || signal.aborted) return;
    try {
      stream.push(chunk);
    } catch (error) {
      fail(error);
    }
  });
  signal.addEventListener('abort', program.end);
  if (signal.aborted) program.end();
  const { code, lastWords } = await program.ended;
  signal.removeEventListener('abort', program.end);
  clearTimeout(stall);
  const halfFilled = stream.abandon();
  if (halfFilled) pool.put(halfFilled);
  if (signal.aborted) return;
  if (!broken && code === 0 && pictures > 0) return;
  const why = input.why();
  if (why) throw why;
  if (broken instanceof CameraError) throw broken;
  if (broken) throw new CameraError('camera/broken', messageOf(broken), { cause: broken });
  const said = lastLine(lastWords) ?? 'it gives no picture.';
  throw new CameraError('camera/broken', `${name} cannot be played: ${said}`);
}

function streamOf({ size }: Pick<OpenedInput, 'size'>, taker: PictureTaker): PpmStream | RawStream {
  return size ? new RawStream(size, taker) : new PpmStream(taker);
}
