import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectories } from '../../testing/temp-directory';
import { readDoorFile } from './read-door-file';

const newDirectory = temporaryDirectories();

function read(text: string) {
  const path = join(newDirectory(), 'door.json');
  writeFileSync(path, text);
  return readDoorFile(path);
}

const LINES = { kind: 'gpio', chip: 'gpiochip0', relay: { line: 17 } };

describe('readDoorFile', () => {
  it('is a simulated door where there is no file', () => {
    expect(readDoorFile(undefined)).toEqual({ config: { kind: 'simulated' }, problems: [] });
  });

  it.each<[string, object]>([
    ['gpio', { ...LINES, inputs: { position: { line: 22 } } }],
    ['http', { kind: 'http', unlock: { url: 'http://r/on?timer={seconds}' }, lock: { url: 'http://r/off' } }],
    ['mqtt', { kind: 'mqtt', url: 'mqtts://broker', relay: { topic: 'gate/relay' } }],
  ])('reads a door of kind %s', (kind, file) => {
    expect(read(JSON.stringify(file))).toMatchObject({ config: { kind }, problems: [] });
  });

  it.each<[string, string, RegExp]>([
    ['that is not JSON', '{', /is not JSON/],
    ['of a kind that there is not', '{"kind":"zigbee"}', /^kind: /],
    ['with a word too many', JSON.stringify({ ...LINES, relais: 1 }), /relais/],
    ['with two things on one line', JSON.stringify({ ...LINES, inputs: { rex: { line: 17 } } }), /line 17/],
    ['with no line for its relay', '{"kind":"gpio","chip":"gpiochip0"}', /^relay: /],
    [
      'that unlocks without an end',
      '{"kind":"http","unlock":{"url":"http://r/on"},"lock":{"url":"http://r/off"}}',
      /^unlock: must say \{seconds\}/,
    ],
    ['with no address', '{"kind":"mqtt","url":"sesame","relay":{"topic":"t"}}', /^url: /],
    [
      'with certificates that are not there',
      '{"kind":"mqtt","url":"mqtts://b","relay":{"topic":"t"},"caFile":"/nowhere/ca.pem"}',
      /^caFile: cannot be read: .*ca\.pem/,
    ],
    [
      'with a password in an address',
      '{"kind":"mqtt","url":"mqtt://door:open-sesame@broker","relay":{"topic":"t"}}',
      /^url: .*user and password/,
    ],
  ])('says what is wrong with a file %s, and none of its secrets', (_, text, problem) => {
    const { problems } = read(text);
    expect(problems.join('\n')).toMatch(problem);
    expect(problems.join('\n')).not.toContain('sesame');
  });

  it('says which file cannot be read', () => {
    const path = join(newDirectory(), 'missing.json');
    expect(readDoorFile(path).problems).toEqual([expect.stringContaining(path)]);
  });
});
