import { isWanted, readBenchOptions } from './bench-options';

const read = (...args: string[]) => readBenchOptions(args, '/work');

describe('the bench command line', () => {
  it('needs no more than the suite', () => {
    expect(read('vision')).toEqual({
      suite: 'vision',
      jsonFile: undefined,
      frames: 40,
      only: [],
      peers: true,
      videos: [],
      memoryFrames: 3000,
      build: true,
    });
  });

  it('takes every option, paths relative to where it was typed', () => {
    const args =
      'vision --json out.json --frames 5 --only embed,search --no-peers --video a.mp4 --video /b.mp4';
    expect(read(...args.split(' '), '--memory-frames', '100000', '--no-build')).toEqual({
      suite: 'vision',
      jsonFile: '/work/out.json',
      frames: 5,
      only: ['embed', 'search'],
      peers: false,
      videos: ['/work/a.mp4', '/b.mp4'],
      memoryFrames: 100_000,
      build: false,
    });
  });

  it.each([[[]], [['sound']], [['vision', 'more']], [['vision', '--fast']], [['vision', '--frames', '0']]])(
    'refuses %j and says how it is used',
    (args) => expect(() => read(...args)).toThrow('npm run bench -- vision'),
  );

  it('selects rows by the beginning of their names', () => {
    expect(isWanted({ only: ['search'] }, 'search-100k')).toBe(true);
    expect(isWanted({ only: ['search'] }, 'embed')).toBe(false);
    expect(isWanted({ only: [] }, 'embed')).toBe(true);
  });
});
