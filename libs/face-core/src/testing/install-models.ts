import { installModels } from '../models/install';

/** Installs as another process would: `node --import tsx install-models.ts '{"directory": …, "lockPath": …}'`. */
installModels(JSON.parse(process.argv[2] ?? '{}') as Parameters<typeof installModels>[0]).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
