import { usageError, type EvaluateOptions } from './options';
import type { Report } from './report/report';
import { runDetect } from './run/run-detect';
import { runIdentify } from './run/run-identify';
import { runPad } from './run/run-pad';
import { runVideo } from './run/run-video';
import { runKisa, runPairs } from './run/run-verification';
import type { ShowProgress } from './run/shared';

/** Runs the protocol that a command line asks for. @throws {FaceCoreError} of readers and models, `evaluate/usage` */
export async function runProtocol(options: EvaluateOptions, progress: ShowProgress): Promise<Report> {
  switch (options.protocol) {
    case 'pairs':
      return runPairs(options, progress);
    case 'kisa':
      return runKisa(options, progress);
    case 'identify':
      return runIdentify(options, progress);
    case 'detect':
      return runDetect(options, progress);
    case 'pad':
      return runPad(options, progress);
    case 'video':
      return runVideo(options, progress);
    default:
      throw usageError(`There is no protocol “${options.protocol}”.`);
  }
}
