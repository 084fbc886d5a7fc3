import type { WantedPictures } from './file-input';
import { csiPipeline, fitInto, type CsiElement, type CsiSource } from './gstreamer-pipeline';
import type { GstreamerTool } from './gstreamer-tool';
import { CameraError, type OpenedInput, type PictureInput } from './picture-input';

const ELEMENTS: readonly CsiElement[] = ['nvarguscamerasrc', 'libcamerasrc'];

/** A camera on the computer's own camera connector, through GStreamer. */
export class CsiInput implements PictureInput {
  readonly isLive = true;
  readonly name: string;
  readonly #source: CsiSource;
  readonly #wanted: WantedPictures;
  readonly #gstreamer: GstreamerTool;

  constructor(options: { source: CsiSource; wanted: WantedPictures; gstreamer: GstreamerTool }) {
    this.name = `The camera on connector ${options.source.sensor}`;
    this.#source = options.source;
    this.#wanted = options.wanted;
    this.#gstreamer = options.gstreamer;
  }

  async open(): Promise<OpenedInput> {
    const path = await this.#gstreamer.launcher();
    const element = await this.#element();
    if (path === null || element === null) {
      throw new CameraError(
        'camera/no-gstreamer',
        'A camera on a connector needs GStreamer with nvarguscamerasrc (Jetson) or libcamerasrc. Install it.',
      );
    }
    const { framesPerSecondMax, within } = this.#wanted;
    const size = fitInto(this.#source.resolution, within);
    const args = csiPipeline(this.#source, { element, framesPerSecondMax, size });
    return {
      program: { path, args, picturesOn: 'fd3' },
      size,
      // A connector's pictures come raw: there is nothing to decode, and NVIDIA's part scales them.
      decoder: { name: element, isHardware: element === 'nvarguscamerasrc', notUsed: [] },
      why: () => null,
      close: () => undefined,
    };
  }

  async #element(): Promise<CsiElement | null> {
    for (const element of ELEMENTS) if (await this.#gstreamer.has(element)) return element;
    return null;
  }
}
