export { FaceCoreError, type FaceCoreErrorLevel, type FaceCoreErrorOptions } from './errors';
export { defaultMediaDirectory, defaultModelsDirectory } from './config';

export { assertFrame, FRAME_FORMATS, type Frame, type FrameFormat } from './image/frame';
export { decodeImage, type DecodeLimits } from './image/decode-image';
export { encodeJpeg, type EncodeOptions } from './image/encode-jpeg';

export type { AnalyzedFace, AnalyzeOptions, FaceAspects, MeasuredFace } from './analyzed-face';
export type { Box, DetectedFace, Landmarks, Point } from './detect/face';
export type { Detector } from './detect/detector';
export type { DetectOptions } from './detect/detector';
export * from './track/index';
export * from './video/index';
export { align } from './align/align';
export { cosineSimilarity, normalized } from './embed/embedding';
export { Gallery, type GalleryOptions, type GalleryTemplate, type Match } from './match/gallery';
export * from './identify/index';
export { TemplateTransform, TRANSFORM_SECRET_BYTES } from './match/template-transform';
export * from './quality/index';
export * from './liveness/index';
export type { DescribedFace } from './runtime/described-face';
export {
  EXECUTION_PROVIDERS,
  type BackendOptions,
  type ExecutionProvider,
  type InferenceBackend,
  type Network,
} from './runtime/inference-backend';
export { FacePipeline, type FacePipelineOptions, type FollowOptions } from './face-pipeline';

export { addModel, type AddModelRequest } from './models/add-model';
export { readCardFile } from './models/card-file';
export type { CardByKind, EmbedderCard, SiteCard } from './models/card';
export type { InstallProgress } from './models/progress';
export { installDemoMedia, installModels, type InstallOptions } from './models/install';
export {
  listModels,
  verifyModels,
  type ListedCalibration,
  type ListedModel,
  type StoreOptions,
} from './models/store';
export { readModel, type VerifiedModel } from './models/read-model';
export { removeModel } from './models/remove-model';

export {
  parseCalibration,
  type Calibration,
  type CalibrationPoint,
  type CalibrationSource,
} from './calibrate/calibration';
export { calibratedModel, type CalibratedModel, type CalibrationOptions } from './calibrate/calibrated-model';
export {
  calibrationPath,
  readCalibration,
  writeCalibration,
  type FoundCalibration,
} from './calibrate/calibration-store';
export { fitCalibration, type CalibrationInput } from './calibrate/fit-calibration';
export {
  expectedRates,
  thresholdForRisk,
  type ExpectedRates,
  type RateWithInterval,
  type RefusedRisk,
  type Risk,
  type RiskThreshold,
} from './calibrate/risk';
