import { readFrame, withBody } from './rewrite';
import { scriptOf, seedsOf, tell } from './script';

describe('a script', () => {
  it('follows from its seed alone, and tells what it does', () => {
    expect(scriptOf(7)).toEqual(scriptOf(7));
    expect(scriptOf(7)).not.toEqual(scriptOf(8));
    expect(seedsOf(1, 3)).toEqual(seedsOf(1, 5).slice(0, 3));
    expect(tell({ afterMs: 12, step: { kind: 'delay', direction: 'up', byMs: 40 } })).toBe(
      '+12 ms delay, direction up, byMs 40',
    );
  });

  it('has, among a few hundred, everything that may happen', () => {
    const kinds = new Set(
      seedsOf(1, 300).flatMap((seed) => scriptOf(seed).steps.map(({ step }) => step.kind)),
    );
    expect(kinds.size).toBe(19);
  });
});

describe('a frame of the protocol', () => {
  const frame = '42/agent,7["hello",{"v":1}]';

  it('is read and written again with another body', () => {
    expect(readFrame(frame)).toEqual({ name: 'hello', body: { v: 1 } });
    expect(withBody(frame, { v: 2 })).toBe('42/agent,7["hello",{"v":2}]');
    expect(withBody('43/agent,7[{"ok":true}]', { ok: false })).toBe('43/agent,7[{"ok":false}]');
  });

  it.each(['2', '40/agent,{"token":"x"}', '42/agent,["hello"', '451-/agent,["x",{"_placeholder":true}]'])(
    'is not %s',
    (text) => expect(readFrame(text)).toBeNull(),
  );
});
