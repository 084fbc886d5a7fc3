import { FacePipeline } from '@munjigi/face-core';
import type { DecoderChoice } from '../adapters/frames/decoding/video-decoders';
import { toolsOf } from '../adapters/frames/open-camera';
import type { AgentConfig } from '../config';
import { messageOf } from '../domain/agent-error';
import type { FrameSource } from '../ports/frame-source';
import { fail, ok, warn, type Check } from './finding';

const LOOKS = 5;
const LOOK_MAX_MS = 100;
const FRAME_LIMIT_MS = 15_000;
/** A camera that told of a fault tries again by itself; it gets so long to come back. */
const SECOND_TRY_MS = 2_000;
const [WIDTH, HEIGHT] = [1280, 720];

/** The networks are there, are what they should be, and run; and how long a whole search takes. */
export function engineCheck(
  config: Pick<AgentConfig, 'modelsDirectory' | 'modelId' | 'livenessModelId' | 'threads'>,
): Check {
  return {
    name: 'networks',
    run: async () => {
      const { modelsDirectory, modelId: embedderId, livenessModelId: livenessId, threads } = config;
      let pipeline: FacePipeline;
      try {
        pipeline = await FacePipeline.open({ modelsDirectory, embedderId, livenessId, threads });
      } catch (error) {
        return fail(messageOf(error), 'npm run models -- install');
      }
      try {
        const tookMs = await medianSearchMs(pipeline);
        const found = `${embedderId}; a search of ${WIDTH}x${HEIGHT} takes ${tookMs.toFixed(0)} ms`;
        return tookMs <= LOOK_MAX_MS
          ? ok(found)
          : warn(found, 'Few frames a second will be looked at: raise MUNJIGI_THREADS or the power mode.');
      } finally {
        await pipeline.close();
      }
    },
  };
}

async function medianSearchMs(pipeline: FacePipeline): Promise<number> {
  const took: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(100 + look);
    const begun = performance.now();
    await pipeline.detect({ data, width: WIDTH, height: HEIGHT });
    took.push(performance.now() - begun);
  }
  return took.sort((a, b) => a - b)[Math.floor(LOOKS / 2)]!;
}

/** What decodes video: the program, and for each kind the hardware, or why none. */
export function decoderCheck({
  ffmpegPath,
  searchPath,
}: Pick<AgentConfig, 'ffmpegPath' | 'searchPath'>): Check {
  return {
    name: 'decoder',
    run: async () => {
      try {
        const { ffmpeg, decoders } = toolsOf({ configuredPath: ffmpegPath, searchPath });
        const { path } = await ffmpeg.find();
        const h264 = await decoders.choose('h264');
        const hevc = await decoders.choose('hevc');
        return ok([path, ...decoderWords('H.264', h264), ...decoderWords('HEVC', hevc)].join('\n'));
      } catch (error) {
        return fail(messageOf(error), 'sudo apt-get install ffmpeg, or set FFMPEG_PATH.');
      }
    },
  };
}

function decoderWords(kind: string, { decoder, notUsed }: DecoderChoice): string[] {
  const by = decoder.kind === 'software' ? 'the processor (software)' : `${decoder.name} (hardware)`;
  return [`${kind}: ${by}`, ...notUsed.map(({ name, why }) => `  ${name} is not used: ${why}`)];
}

/** The camera gives a picture. @param open a camera that has not begun yet */
export function cameraCheck(open: () => FrameSource): Check {
  return {
    name: 'camera',
    run: async () => {
      const source = open();
      const begun = performance.now();
      try {
        const { frame, fault } = await firstWord(source);
        if (!frame)
          return fail(
            fault ?? `no picture within ${FRAME_LIMIT_MS / 1000} s`,
            'Check its cable, address and settings.',
          );
        return ok(
          `${frame.width}x${frame.height}, the first picture after ${(performance.now() - begun).toFixed(0)} ms`,
        );
      } finally {
        await source.stop();
      }
    },
  };
}

interface FirstWord {
  readonly frame: { readonly width: number; readonly height: number } | null;
  readonly fault: string | null;
}

function firstWord(source: FrameSource): Promise<FirstWord> {
  return new Promise((resolve) => {
    let fault: string | null = null;
    const giveUp = (): void => resolve({ frame: null, fault });
    let timer = setTimeout(giveUp, FRAME_LIMIT_MS);
    source.start({
      frame: (frame) => {
        const { width, height } = frame;
        frame.release();
        clearTimeout(timer);
        resolve({ frame: { width, height }, fault: null });
      },
      fault: (text) => {
        if (text === null || fault !== null) return;
        fault = text;
        clearTimeout(timer);
        timer = setTimeout(giveUp, SECOND_TRY_MS);
      },
    });
  });
}
