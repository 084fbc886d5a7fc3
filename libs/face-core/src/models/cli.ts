import { parseArgs } from 'node:util';

import { defaultMediaDirectory, defaultModelsDirectory } from '../config';
import { runCommand } from '../run-command';
import { addModel } from './add-model';
import { readCardFile } from './card-file';
import { installDemoMedia, installModels } from './install';
import { progressReport } from './progress-report';
import { removeModel } from './remove-model';
import { listModels, verifyModels, type ListedModel } from './store';

const USAGE = `Usage: npm run models -- COMMAND

  install [ID...]   fetch, convert and verify models (all, or those named)
  install --media   fetch the demonstration videos and portraits
  verify [ID...]    check every installed byte against what was recorded
  list [--json]     what there is, what is installed, and its licence

  add NAME --file MODEL.onnx --card CARD.json
                    make a model of your own as good as the product's: an embedder, a liveness
                    network, 68 landmarks or a head pose; docs/models.md has complete cards
  remove NAME       take a model of your own away

Models lie in ${defaultModelsDirectory()} (MUNJIGI_MODELS changes that).`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      media: { type: 'boolean' },
      json: { type: 'boolean' },
      file: { type: 'string' },
      card: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command, ...ids] = positionals;
  const [name] = ids;
  const only = ids.length > 0 ? ids : undefined;
  if (values.help) console.log(USAGE);
  else if (command === 'install') await install(only, values.media ?? false);
  else if (command === 'verify') await verify(only);
  else if (command === 'list') await list(values.json ?? false);
  else if (command === 'add' && name && values.file && values.card) await add(name, values.file, values.card);
  else if (command === 'remove' && name) await remove(name);
  else {
    console.error(USAGE);
    return 64;
  }
  return 0;
}

async function install(only: readonly string[] | undefined, media: boolean): Promise<void> {
  const report = progressReport(process.stderr);
  try {
    if (media) await installDemoMedia({ onProgress: (progress) => report.show(progress) });
    else await installModels({ only, onProgress: (progress) => report.show(progress) });
  } finally {
    report.end();
  }
  console.log(`All in place in ${media ? defaultMediaDirectory() : defaultModelsDirectory()}`);
}

async function verify(only: readonly string[] | undefined): Promise<void> {
  await verifyModels({ only });
  console.log('Every file is as recorded.');
}

async function add(id: string, file: string, cardPath: string): Promise<void> {
  await addModel({ id, file, card: await readCardFile(cardPath) });
  const models = await listModels();
  const isEmbedder = models.some((model) => model.id === id && model.kind === 'embedder');
  const use = isEmbedder
    ? ` To recognise faces with it, set MUNJIGI_MODEL=${id} and enrol everybody again.`
    : '';
  console.log(`${id} is ready in ${defaultModelsDirectory()}.${use}`);
}

async function remove(id: string): Promise<void> {
  await removeModel(id);
  console.log(`${id} is removed. Templates made with it can no longer be compared.`);
}

async function list(json: boolean): Promise<void> {
  const models = await listModels();
  if (json) console.log(JSON.stringify(models, null, 2));
  else for (const model of models) console.log(describe(model));
}

function describe(model: ListedModel): string {
  const what = model.dimension ? `${model.kind}, ${model.dimension} numbers` : model.kind;
  return [
    `${model.id} (${what}) ${model.installed ? 'installed' : 'not installed'}`,
    `  ${model.added ? 'added from' : 'from'} ${model.source}, licence as stated: ${model.licence}`,
    `  ${model.licenceTruth}`,
    ...(model.kind === 'embedder' ? [`  ${describeCalibration(model)}`] : []),
    '',
  ].join('\n');
}

function describeCalibration({ calibratedOn, calibration }: ListedModel): string {
  const other = calibration ? 'Its card alone says which similarity is which FMR.' : 'Not calibrated.';
  if (!calibratedOn) return `${other} Run: npm run calibrate`;
  if ('unusable' in calibratedOn) {
    return `Its calibration is of no use (${calibratedOn.unusable}): make it anew with npm run calibrate`;
  }
  const { origin, name, impostor, genuine } = calibratedOn;
  const data = `${name}; ${impostor} comparisons of two people, ${genuine} of one.`;
  return origin === 'own' ? `Calibrated on ${data}` : `Not calibrated on your site. By default: ${data}`;
}

runCommand(main);
