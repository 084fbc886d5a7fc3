import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { guardedHandlers } from '../../eslint/guarded-handlers.mjs';

/** What the rule says of a class. */
function complaints(code: string): string[] {
  const plugins = { munjigi: { rules: { 'guarded-handlers': guardedHandlers } } };
  const config = {
    plugins,
    languageOptions: { parser: parser as never },
    rules: { 'munjigi/guarded-handlers': 'error' },
  } as const;
  return new Linter().verify(code, [config]).map(({ message }) => message);
}

const controller = (method: string, ofClass = '') =>
  `${ofClass} @Controller('x') class X { ${method} list() {} }`;

describe('guarded-handlers', () => {
  it.each([
    controller(`@Get() @Requires('doors:read')`),
    controller('@Post() @Public()'),
    controller(`@Delete(':id') @RequiresSession({ tokens: true })`),
    controller('@Get()', '@Public()'),
    controller(`@SubscribeMessage('watch') @Requires('live:watch')`),
    controller(`@SubscribeMessage('hello') @FromAgent()`),
    controller('@Cron()'),
    controller(''),
  ])('takes %s', (code) => {
    expect(complaints(code)).toEqual([]);
  });

  it.each([
    controller('@Get()'),
    controller(`@Put(':id') @HttpCode(204)`),
    controller('@Sse()'),
    controller(`@SubscribeMessage('watch')`),
    controller(`@SubscribeMessage('watch') @Public()`),
    controller('@Get() @FromAgent()'),
    controller('@All() @guards.Requires()'),
  ])('misses who is let in: %s', (code) => {
    expect(complaints(code)).toEqual([expect.stringContaining('says nothing of who is let in')]);
  });

  it.each([
    controller(`@Get() @Public() @Requires('doors:read')`),
    controller(`@Get() @RequiresSession()`, '@Public()'),
    controller(`@SubscribeMessage('x') @Requires('live:watch') @FromAgent()`),
  ])('refuses two answers: %s', (code) => {
    expect(complaints(code)).toEqual([expect.stringContaining('more than once')]);
  });
});
