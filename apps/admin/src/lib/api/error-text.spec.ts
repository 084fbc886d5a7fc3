import { goldenMessage } from '@munjigi/contracts/testing';
import { ApiError, CLIENT_CODES, errorOfAnswer, isSignedOut } from './api-error';
import { errorText } from './error-text';

const WORDS: Record<string, { title: string; hint: string | null }> = {
  'enrolment/no-face': { title: 'no face', hint: 'look here' },
  'http/5xx': { title: 'server trouble', hint: 'wait' },
  'http/404': { title: 'gone', hint: null },
  'http/4xx': { title: 'refused', hint: null },
  'http/429': { title: 'slower', hint: null },
};
const unknown = { title: 'something', hint: 'try again' };
const textOf = (error: unknown) => errorText(error, (code) => WORDS[code] ?? null, unknown);

describe('errorOfAnswer', () => {
  it('reads the problem document', () => {
    const error = errorOfAnswer(422, goldenMessage('problem'));
    expect(error).toMatchObject({ code: 'enrolment/no-face', status: 422 });
    expect(textOf(error)).toEqual({ title: 'no face', hint: 'look here' });
  });

  it.each([null, '<html>', { status: 500 }, { ...(goldenMessage('problem') as object), code: 'no area' }])(
    'calls %j unexpected',
    (body) => expect(errorOfAnswer(502, body).code).toBe(CLIENT_CODES.unexpected),
  );
});

describe('errorText', () => {
  it('falls back to the class of the status, with the server’s own words', () => {
    const problem = { type: 'about:blank', title: 'The disk is full', status: 507, code: 'data/full' };
    expect(textOf(new ApiError('data/full', 507, problem))).toEqual({
      title: 'server trouble',
      hint: 'The disk is full',
    });
  });

  it.each([
    [404, 'gone'],
    [418, 'refused'],
    [429, 'slower'],
    [500, 'server trouble'],
  ])('of an unknown code with status %i is “%s”', (status, title) =>
    expect(textOf(new ApiError('area/unheard-of', status)).title).toBe(title),
  );

  it('does not show what was never meant for people', () => {
    expect(textOf(new TypeError('x is undefined'))).toBe(unknown);
  });
});

describe('isSignedOut', () => {
  it('is so where a session is missing alone', () => {
    expect(isSignedOut(new ApiError('auth/unauthenticated', 401))).toBe(true);
    expect(isSignedOut(new ApiError(CLIENT_CODES.unexpected, 401))).toBe(true);
    expect(isSignedOut(new ApiError('auth/invalid-credentials', 401))).toBe(false);
    expect(isSignedOut(new ApiError('auth/cross-site', 403))).toBe(false);
    expect(isSignedOut(new Error('401'))).toBe(false);
  });
});
