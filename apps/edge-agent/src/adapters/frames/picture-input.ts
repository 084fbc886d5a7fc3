import type { CameraFaultKind, DecoderUse, PictureSize } from '@munjigi/contracts';
import { AgentError } from '../../domain/agent-error';
import type { ProgramToRun } from './picture-program';

/** A camera that does not see, with what is wrong as a word of the wire. The message is for people. */
export class CameraError extends AgentError {
  readonly kind: CameraFaultKind;

  constructor(
    code: `camera/${string}`,
    message: string,
    options?: ErrorOptions & { kind?: CameraFaultKind },
  ) {
    super(code, message, options);
    this.kind = options?.kind ?? 'no-picture';
  }
}

/** A program that is ready to print the pictures of a camera, once. */
export interface OpenedInput {
  readonly program: ProgramToRun;
  /** The size of every picture, which are RGB one after the other; null: they are PPM, each with its own size. */
  readonly size: PictureSize | null;
  /** What decodes the pictures, for the log and the health of the door. */
  readonly decoder: DecoderUse;
  /**
   * To be asked when the pictures broke off: whether the decoder may be what broke, and another takes its place at the
   * next opening. Absent: there is only one.
   */
  decodesOtherwise?(error: unknown): boolean;
  /** What is wrong, better than the program can say; null: nothing is known. Asked when it has ended. */
  why(): CameraError | null;
  /** Frees what was opened with it. To be called once, when the program is gone. */
  close(endedWell: boolean): void;
}

/** One kind of camera, or what stands for one. */
export interface PictureInput {
  /** In words for people, without secrets. */
  readonly name: string;
  /** Live: it never ends by itself, and may freeze. Otherwise it is a recording. */
  readonly isLive: boolean;
  /**
   * Gets ready to show the pictures from the beginning.
   *
   * @throws {CameraError} or {FaceCoreError} when it cannot, in words for people
   */
  open(signal: AbortSignal): Promise<OpenedInput>;
}
