import { Contender } from './contender';

const frames = { path: '', width: 1, height: 1, count: 1 };
const ask = { threads: 1, frames, index: 0 };

/** A contender whose whole program is given. */
const start = (program: string) =>
  Contender.start({ name: 'it', command: process.execPath, args: ['-e', program] });

const SERVER = `
  console.log(JSON.stringify({ ready: true, version: '1' }));
  require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, task, ask } = JSON.parse(line);
    if (ask.index === 13) process.exit(7);
    console.log(JSON.stringify(ask.index < 0 ? { id, error: 'no such frame' } : { id, ms: ask.index, faces: 2 }));
  });`;

describe('a contender', () => {
  it('answers each question, says its version and ends when told', async () => {
    const contender = await start(SERVER);
    const answers = await Promise.all([0, 1, 2].map((index) => contender.ask('embed', { ...ask, index })));
    expect(answers.map(({ ms }) => ms)).toEqual([0, 1, 2]);
    expect(contender.version).toBe('1');
    await contender.stop();
    await expect(contender.ask('embed', ask)).rejects.toThrow('it has ended');
  });

  it('passes an error on and stays', async () => {
    const contender = await start(SERVER);
    await expect(contender.ask('embed', { ...ask, index: -1 })).rejects.toThrow('it: no such frame');
    await expect(contender.ask('embed', ask)).resolves.toMatchObject({ faces: 2 });
    await contender.stop();
  });

  it('that ends in the middle fails what was asked', async () => {
    const contender = await start(SERVER);
    await expect(contender.ask('embed', { ...ask, index: 13 })).rejects.toThrow('it ended (7)');
    await contender.stop();
  });

  it('that does not come up fails with its last words', async () => {
    await expect(start('console.error("no library"); process.exit(3)')).rejects.toThrow('no library');
  });

  it('that does not exist fails', async () => {
    await expect(Contender.start({ name: 'it', command: '/no/such', args: [] })).rejects.toThrow('ENOENT');
  });
});
