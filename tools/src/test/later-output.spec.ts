import { PassThrough } from 'node:stream';
import { LaterOutput } from './later-output';

it('shows what was said before and after it is asked to, in order and once', () => {
  const output = new LaterOutput();
  const terminal = new PassThrough();
  output.write('one ');
  output.write('two ');
  expect(terminal.read()).toBeNull();
  output.show(terminal);
  output.write('three');
  expect(String(terminal.read())).toBe('one two three');
});
