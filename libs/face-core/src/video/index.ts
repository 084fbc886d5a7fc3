export { startFfmpeg, type FfmpegEnd, type FfmpegProcess } from './ffmpeg-process';
export { findFfmpeg, type FfmpegPlaces } from './find-ffmpeg';
export { PpmStream, type PictureTaker } from './ppm-stream';
export { probeVideo, videoFactsOf, type PictureFacts, type VideoFacts } from './probe-video';
