import { destination, pino, type DestinationStream, type Logger } from 'pino';

/** What must never be in a log, wherever it stands in the first two levels of a line. */
const SECRET_KEYS = ['token', 'auth', 'embedding', 'embeddings', 'probe', 'jpeg', 'data', 'key', 'captures'];

/** A log of JSON lines, in which secrets, faces and embeddings are cut out should one ever be handed over. */
export function createLog(options: { level: string; to?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: { app: 'edge-agent' },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    },
    options.to ?? destination({ dest: 1, sync: true }),
  );
}
