import { readLinkOptions } from './link-options';

describe('the command line of the link’s measurements', () => {
  it('needs no more than the suite', () => {
    expect(readLinkOptions(['sync'])).toMatchObject({ suite: 'sync', people: 50_000 });
    expect(readLinkOptions(['revoke'])).toMatchObject({ suite: 'revoke', doors: 1_000, rounds: 20 });
    expect(readLinkOptions(['revoke', '--doors', '5', '--rounds', '2'])).toMatchObject({
      doors: 5,
      rounds: 2,
    });
  });

  it.each([
    [['vision']],
    [[]],
    [['sync', '--people', '0']],
    [['sync', '--people', 'many']],
    [['sync', '--colour']],
  ])('refuses %j', (args) => {
    expect(() => readLinkOptions(args)).toThrow();
  });
});
