import { sessionTokenOf } from './session-cookie';

describe('sessionTokenOf', () => {
  it.each([
    ['munjigi_session=abc', 'abc'],
    ['theme=dark; munjigi_session=a-b_c; other=1', 'a-b_c'],
    ['munjigi_session=', null],
    ['xmunjigi_session=abc', null],
    ['munjigi_session', null],
    ['', null],
    [undefined, null],
  ])('reads %s', (header, token) => {
    expect(sessionTokenOf(header)).toBe(token);
  });
});
