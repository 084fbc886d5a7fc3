import { examine } from './examine';
import { fail, ok, warn } from './finding';

describe('examine', () => {
  const told = async (...checks: Parameters<typeof examine>[0]) => {
    const lines: string[] = [];
    const faults = await examine(checks, (line) => lines.push(line));
    return { faults, lines };
  };

  it('tells each finding in a line, and what to do about those that are not well', async () => {
    expect(
      await told(
        { name: 'a', run: () => Promise.resolve(ok('fine')) },
        { name: 'camera', run: () => Promise.resolve(warn('slow', 'Look at it.')) },
        { name: 'b', run: () => Promise.resolve(fail('two\n  lines', 'Mend it.')) },
      ),
    ).toEqual({
      faults: 1,
      lines: [
        '✓ a       fine',
        '! camera  slow',
        '          → Look at it.',
        '✗ b       two',
        '          lines',
        '          → Mend it.',
      ],
    });
  });

  it('goes on after a check that fails itself', async () => {
    const { faults, lines } = await told(
      { name: 'a', run: () => Promise.reject(new Error('broken')) },
      { name: 'b', run: () => Promise.resolve(ok('fine')) },
    );
    expect(faults).toBe(1);
    expect(lines[0]).toBe('✗ a  broken');
    expect(lines.at(-1)).toBe('✓ b  fine');
  });
});
