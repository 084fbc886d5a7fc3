export { headPose, interEyeDistancePx, type HeadPose } from './head-pose';
export type { Illumination } from './illumination';
export type { Features } from './features';
export { measureFace, type FaceMeasures, type QualityInput } from './face-measures';
export { overallScore, type EmbeddingLength } from './overall-score';
export { faceQuality, type FaceQuality } from './face-quality';
export {
  DOOR_GATE,
  ENROLMENT_GATE,
  QUALITY_ADVICE,
  qualityAdvice,
  type QualityAdvice,
  type QualityGate,
} from './advice';
export { ExpressionModel, type Expression } from './expression-model';
export { PoseModel, type PerAngle, type PoseCard } from './pose-model';
