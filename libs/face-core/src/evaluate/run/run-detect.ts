import { basename } from 'node:path';

import type { DetectedFace } from '../../detect/face';
import { needed, type EvaluateOptions } from '../options';
import { evaluateDetect } from '../protocols/detect';
import { readDetectLabels } from '../readers/detect-labels';
import { detectTables } from '../report/detect-tables';
import type { Report } from '../report/report';
import { detectImages } from '../runner/detect-images';
import { directoryOf, speedNote, type ShowProgress } from './shared';

/** `detect`: are marked faces found? */
export async function runDetect(options: EvaluateOptions, progress: ShowProgress): Promise<Report> {
  const path = needed(options.labels, '--labels');
  const labels = await readDetectLabels(path, directoryOf(options, path));
  const found: (readonly DetectedFace[] | undefined)[] = [];
  const bar = progress('Pictures');
  const started = performance.now();
  try {
    const { faceSizeMinPx } = options;
    await detectImages(labels.images, { faceSizeMinPx, onProgress: bar.update }, (index, picture) => {
      found[index] = picture?.faces;
    });
  } finally {
    bar.end();
  }
  const data = basename(path);
  const result = evaluateDetect(data, labels, 'mtcnn', found);
  const notes = [speedNote(labels.images.length, labels.images.length, (performance.now() - started) / 1000)];
  return { protocol: 'detect', data, tables: detectTables(result), results: [result], models: [], notes };
}
