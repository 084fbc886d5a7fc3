import type { CameraFaultKind, DoorState } from '@munjigi/contracts';

const FAULT_MAX_CHARS = 500;

/** What keeps a door from seeing and recognising, as the server is told. */
export class DoorFaults {
  readonly #onChange: () => void;
  #camera: string | null = null;
  #kind: CameraFaultKind | null = null;
  #vision: string | null = null;

  /** @param onChange called after each change */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The camera's fault counts first: without a picture there is nothing to recognise. */
  get told(): Pick<DoorState, 'cameraFault' | 'cameraFaultKind'> {
    const fault = this.#camera ?? this.#vision;
    return { cameraFault: fault?.slice(0, FAULT_MAX_CHARS) ?? null, cameraFaultKind: this.#kind };
  }

  /** What the camera says; nulls: it sees. */
  ofCamera(fault: string | null, kind: CameraFaultKind | null): void {
    this.#camera = fault;
    this.#kind = kind;
    this.#onChange();
  }

  /** What keeps faces from being recognised; null: nothing. */
  ofVision(fault: string | null): void {
    this.#vision = fault;
    this.#onChange();
  }
}
