/** An RGB picture: interleaved HWC, uint8. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A face in a picture; box and landmarks in its pixels. */
export interface SeenFace {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly score: number;
  readonly landmarks: readonly { readonly x: number; readonly y: number }[];
}

/** What a door needs of a vision engine; face-core's `FacePipeline` is one. */
export interface Vision {
  readonly modelId: string;
  readonly dimension: number;
  /** The model's own threshold, cosine similarity. */
  readonly similarityMin: number;
  /** Faces of at least this size, largest first. */
  detect(picture: Picture, options: { faceSizeMinPx: number; facesMax: number }): Promise<SeenFace[]>;
  /** The aligned crop that `embed` takes. */
  align(picture: Picture, landmarks: SeenFace['landmarks']): Promise<Uint8Array>;
  /** One L2-normalised embedding for each crop, in order. */
  embed(crops: readonly Uint8Array[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}
