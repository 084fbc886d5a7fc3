import {
  ALARM_KINDS,
  DOOR_EVENT_KINDS,
  alarmSeveritySchema,
  alarmStateSchema,
  enrolmentRefusalSchema,
  outcomeSchema,
  personStatusSchema,
  reasonSchema,
} from '@munjigi/contracts';
import { createTranslator } from 'next-intl';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_CODES } from '@/lib/api/api-error';
import en from './en.json';
import ko from './ko.json';

/** Every text with its path. */
function texts(messages: object, path: readonly string[] = []): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[[...path, key].join('.'), value] as [string, string]]
      : texts(value, [...path, key]),
  );
}

/** Names of what a text leaves open. */
function holes(text: string): string[] {
  return [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? '').sort();
}

const english = new Map(texts(en));
const korean = new Map(texts(ko));

describe('messages', () => {
  it('are the same set in both languages', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leave the same open in both languages', () => {
    const open = (messages: Map<string, string>) =>
      Object.fromEntries([...messages].map(([key, text]) => [key, [...new Set(holes(text))]]));
    expect(open(korean)).toEqual(open(english));
  });

  it('are empty in one language only where they are in the other', () => {
    const empty = (messages: Map<string, string>) =>
      [...messages].filter(([, text]) => text === '').map(([key]) => key);
    expect(empty(korean)).toEqual(empty(english));
    expect(empty(english).every((key) => key.startsWith('errors.') && key.endsWith('.hint'))).toBe(true);
  });

  it('are Korean in Korean, but for names and units', () => {
    const same = [...korean].filter(
      ([key, text]) =>
        /[a-z]/i.test(text.replace(/\{\w+\}/g, '')) && !/[가-힣]/.test(text) && key !== 'live.fps',
    );
    expect(same).toEqual([]);
  });

  it.each([
    ['en', en],
    ['ko', ko],
  ] as const)('can all be read in %s', (locale, messages) => {
    const t = createTranslator({
      locale,
      messages,
      onError: (error) => {
        throw error;
      },
    });
    const values = (text: string) => Object.fromEntries(holes(text).map((name) => [name, 2]));
    for (const [key, text] of english) t(key as 'common.done', values(text) as never);
  });

  it('name every outcome, reason and refusal of the wire', () => {
    expect(Object.keys(en.outcome).sort()).toEqual([...outcomeSchema.options].sort());
    expect(Object.keys(en.reason).sort()).toEqual([...reasonSchema.options].sort());
    expect(Object.keys(en.alarmKind).sort()).toEqual([...ALARM_KINDS].sort());
    expect(Object.keys(en.doorEventKind).sort()).toEqual([...DOOR_EVENT_KINDS].sort());
    expect(Object.keys(en.alarmSeverity).sort()).toEqual([...alarmSeveritySchema.options].sort());
    expect(Object.keys(en.alarmState).sort()).toEqual([...alarmStateSchema.options].sort());
    expect(Object.keys(en.personStatus).sort()).toEqual([...personStatusSchema.options].sort());
    const codes = [...enrolmentRefusalSchema.options, ...Object.values(CLIENT_CODES)];
    expect(codes.filter((code) => !(code in en.errors))).toEqual([]);
  });

  it('are each used somewhere', () => {
    const source = sourceFiles(join(__dirname, '..'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    // A key is used when its last part stands in the code as a text, or its parent is filled in there.
    const unused = [...english.keys()].filter((key) => {
      if (
        /^(errors|outcome|reason|subject|nav|alarmKind|alarmSeverity|alarmState|personStatus|doorEventKind)\./.test(
          key,
        )
      )
        return false;
      const [, ...rest] = key.split('.');
      const parent = rest.slice(0, -1).join('.');
      return (
        !source.includes(`'${rest.join('.')}'`) && !(parent !== '' && source.includes(`\`${parent}.\${`))
      );
    });
    expect(unused.filter((key) => !/^preferences\.(system|light|dark)$/.test(key))).toEqual([]);
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /(?<!\.spec)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
