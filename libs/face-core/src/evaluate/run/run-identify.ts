import { basename } from 'node:path';

import { needed, type EvaluateOptions } from '../options';
import { evaluateIdentify } from '../protocols/identify';
import { readPersonList } from '../readers/identify-lists';
import { identifyTables } from '../report/identify-tables';
import type { Report, ReportedModel } from '../report/report';
import { directoryOf, embedded, type ShowProgress } from './shared';

/** `identify`: 1:N, open set. */
export async function runIdentify(options: EvaluateOptions, progress: ShowProgress): Promise<Report> {
  const galleryPath = needed(options.gallery, '--gallery');
  const probesPath = needed(options.probes, '--probes');
  const gallery = await readPersonList(galleryPath, directoryOf(options, galleryPath));
  const probes = await readPersonList(probesPath, directoryOf(options, probesPath));
  const data = `${basename(galleryPath)}, ${basename(probesPath)}`;
  const images = [...gallery.images, ...probes.images];
  const { all, notes } = await embedded(images, options, progress);
  const runs = all.map(({ model, outcomes }) =>
    evaluateIdentify(
      data,
      model,
      { members: gallery.members, outcomes: outcomes.slice(0, gallery.images.length) },
      { members: probes.members, outcomes: outcomes.slice(gallery.images.length) },
    ),
  );
  const results = runs.map(({ result }) => result);
  const models = runs.map(({ scores, result, mistakes }, at): ReportedModel => ({
    model: result.model,
    scores,
    classes: ['the enrolled', 'strangers'],
    threshold: result.bySize.at(-1)?.atModelThreshold.threshold,
    mistakes,
    images,
    outcomes: all[at]?.outcomes ?? [],
  }));
  return { protocol: 'identify', data, tables: identifyTables(results), results, models, notes };
}
