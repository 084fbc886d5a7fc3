import { parseArgs } from 'node:util';

import { defaultMediaDirectory, defaultModelsDirectory } from '../config';
import { FaceCoreError } from '../errors';
import { installDemoMedia, installModels } from './install';
import { progressReport } from './progress-report';
import { listModels, verifyModels, type ListedModel } from './store';

const USAGE = `Usage: npm run models -- COMMAND

  install [ID...]   fetch, convert and verify models (all, or those named)
  install --media   fetch the demonstration videos and portraits
  verify [ID...]    check every installed byte against models.lock.json
  list [--json]     what the lock names, what is installed, and its licence

Models lie in ${defaultModelsDirectory()} (MUNJIGI_MODELS changes that).`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { media: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  const [command, ...ids] = positionals;
  const only = ids.length > 0 ? ids : undefined;
  if (values.help) console.log(USAGE);
  else if (command === 'install') await install(only, values.media ?? false);
  else if (command === 'verify') await verify(only);
  else if (command === 'list') await list(values.json ?? false);
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
  console.log('Every file is as recorded in models.lock.json.');
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
    `  from ${model.source}, licence as stated: ${model.licence}`,
    `  ${model.licenceTruth}`,
    '',
  ].join('\n');
}

// A reader such as `head` may leave before the list ends.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const known = error instanceof FaceCoreError;
    console.error(known ? `${error.code}: ${error.message}` : error);
    process.exitCode = 1;
  },
);
