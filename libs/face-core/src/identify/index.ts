export { CHAIN_DEFAULTS } from './chain-defaults';
export { embedFaces, type FaceEmbedding, type FaceOfTrack } from './embed-faces';
export { fuseEmbeddings } from './fuse-embeddings';
export {
  identify,
  type Candidate,
  type Identification,
  type IdentificationReason,
  type IdentificationRule,
} from './identify';
export { quickQuality } from './quick-quality';
export { PATIENCE, type Patience, type Sighting, type Verdict } from './track-book';
export { LOOK_LIMITS, TrackIdentifier, type SearchGallery, type TrackRule } from './track-identifier';
