import type { InstallProgress } from './progress';

/** A model or media pack that the lock names, and whether it lies ready. */
export interface ListedModel {
  readonly id: string;
  readonly kind: 'detector' | 'embedder' | 'media';
  readonly installed: boolean;
  /** The package it comes from, as `name@version`. */
  readonly source: string;
  readonly licence: string;
  /** What a user should know about rights to the model and its training data. */
  readonly licenceTruth: string;
}

/** What to install, and where. */
export interface InstallOptions {
  /** Default: `MUNJIGI_MODELS`, else the user's cache folder. */
  directory?: string;
  /** Ids; default all. */
  only?: readonly string[];
  onProgress?: (progress: InstallProgress) => void;
}

export declare function installModels(options?: InstallOptions): Promise<void>;
export declare function verifyModels(options?: {
  directory?: string;
  only?: readonly string[];
}): Promise<void>;
export declare function listModels(options?: { directory?: string }): Promise<ListedModel[]>;
export declare function installDemoMedia(options?: {
  directory?: string;
  onProgress?: (progress: InstallProgress) => void;
}): Promise<{ directory: string }>;
