import { CASE_CALIBRATION } from '@munjigi/contracts/testing';
import { Tracker, type Calibration } from '@munjigi/face-core';
import type { Follower, Picture, SeenFace, Vision } from '../ports/vision';
import { embeddingOf } from './drafts';

/** A face that a test puts before the camera: whose it is, and where it stands. */
export interface ScriptedFace {
  /** Faces of one seed look alike; two seeds do not. */
  readonly seed: number;
  readonly x?: number;
  /** How live it looks, 0 to 1. Default 0.95. */
  readonly live?: number;
}

/** A vision engine that sees what it is told to. */
export class ScriptedVision implements Vision {
  readonly modelId = 'mobilefacenet-192';
  readonly dimension = 192;
  readonly similarityMin = 0.55;
  readonly calibration: Calibration | undefined = CASE_CALIBRATION;
  faces: readonly ScriptedFace[] = [];
  /** Thrown by the next look. */
  failure: Error | null = null;
  looks = 0;
  /** Looks wait for it; null: they do not. */
  hang: Promise<void> | null = null;

  follow(): Follower {
    const tracker = new Tracker<SeenFace>();
    return {
      clear: () => tracker.clear(),
      update: async (picture: Picture, atMs: number) => {
        this.looks += 1;
        await this.hang;
        const { failure } = this;
        this.failure = null;
        if (failure) throw failure;
        const faces = this.faces.map(({ seed, x = 10 }) => faceAt(x, seed));
        return tracker.update(faces, atMs, picture);
      },
    };
  }

  readonly liveness = (_picture: unknown, boxes: readonly SeenFace['box'][]) =>
    Promise.resolve(boxes.map((box) => this.faces.find(({ x = 10 }) => x === box.x)?.live ?? 0.95));

  align(_picture: unknown, landmarks: SeenFace['landmarks']): Promise<Uint8Array> {
    return Promise.resolve(Uint8Array.of(seedOf(landmarks)));
  }

  embed(crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    return Promise.resolve(crops.map((crop) => embeddingOf(crop[0]!)));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A straight face of 120 px; its nose stands a little lower for every seed, which is how `align` knows it. */
function faceAt(x: number, seed: number): SeenFace {
  const points = [
    [35, 45],
    [85, 45],
    [60, 70 + seed / 100],
    [40, 95],
    [80, 95],
  ] as const;
  return {
    box: { x, y: 10, width: 120, height: 120 },
    score: 0.99,
    landmarks: points.map(([dx, dy]) => ({ x: x + dx, y: 10 + dy })),
  };
}

function seedOf(landmarks: SeenFace['landmarks']): number {
  return Math.round((landmarks[2]!.y - 80) * 100);
}
