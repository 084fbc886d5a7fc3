import { readSeedOptions } from './seed-options';

const NOW_MS = Date.UTC(2026, 9, 2, 15);
const database = ['--database', 'postgres://localhost/empty'];

describe('seed options', () => {
  it('have defaults, and end with yesterday', () => {
    expect(readSeedOptions(database, NOW_MS)).toMatchObject({
      doors: 100,
      seed: 1,
      untilMs: Date.UTC(2026, 9, 2),
    });
  });

  it('are read', () => {
    const args = [...database, '--people', '100000', '--events', '0', '--until', '2026-09-30', '--seed', '9'];
    expect(readSeedOptions(args, NOW_MS)).toMatchObject({
      people: 100_000,
      events: 0,
      untilMs: Date.UTC(2026, 9, 1),
      seed: 9,
    });
  });

  it.each([
    [[]],
    [[...database, '--doors', '0']],
    [[...database, '--until', 'today']],
    [[...database, '--what']],
  ])('are refused with how to use the command: %j', (args) =>
    expect(() => readSeedOptions(args, NOW_MS)).toThrow('npm run seed'),
  );
});
