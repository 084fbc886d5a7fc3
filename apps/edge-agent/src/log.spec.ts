import { readableLog } from './testing/log-lines';

describe('the log', () => {
  it.each(['token', 'auth', 'embedding', 'embeddings', 'probe', 'jpeg', 'data', 'key', 'captures'])(
    'never shows a field named %s',
    (name) => {
      const { log, lines } = readableLog();
      log.info({ [name]: 'secret', inner: { [name]: 'secret' } }, 'anything');
      expect(JSON.stringify(lines)).not.toContain('secret');
      expect(lines).toMatchObject([
        { msg: 'anything', [name]: '[redacted]', inner: { [name]: '[redacted]' } },
      ]);
    },
  );
});
