import { returnPath, signInPath } from './return-path';

describe('returnPath', () => {
  it.each(['/people', '/events?outcome=denied&period=today', '/people?search=%EB%AF%BC'])(
    'goes back to %s',
    (path) => expect(returnPath(path)).toBe(path),
  );

  it.each([
    null,
    '',
    '/',
    'people',
    '//evil.example',
    '/\\evil.example',
    '/a\\b',
    'https://evil.example',
    'javascript:alert(1)',
    '/\n/evil.example',
    '/sign-in?next=/people',
    '/setup',
    '/invitation',
  ])('goes home instead of to %j', (asked) => expect(returnPath(asked)).toBe('/overview'));
});

describe('signInPath', () => {
  it('carries the way back', () => {
    const { pathname, searchParams } = new URL(signInPath('/events?outcome=denied'), 'http://console');
    expect(pathname).toBe('/sign-in');
    expect(returnPath(searchParams.get('next'))).toBe('/events?outcome=denied');
  });

  it('needs none for home', () => expect(signInPath('/overview')).toBe('/sign-in'));
});
