import { requireGoodPassword } from './password-rules';

const refusalOf = (password: string, email = 'minji.kim@example.com') => {
  try {
    requireGoodPassword(password, email);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('requireGoodPassword', () => {
  it.each([
    'correct horse battery staple',
    'aaaaaaaaaaab cd efg',
    '비가 오는 날에는 파전을 먹는다',
    'kqzv-xwpt-9182',
    `${'long '.repeat(200)}and more`,
    'the minji of the north wind',
  ])('takes %j', (password) => {
    expect(refusalOf(password)).toBeNull();
  });

  it.each([
    ['short', 'password/too-short'],
    ['elevenchars', 'password/too-short'],
    ['가나다라마바사아자차카', 'password/too-short'],
    ['1qaz2wsx3edc', 'password/common'],
    ['Password2026!', 'password/common'],
    ['!!password!!', 'password/common'],
    ['qwertyqwerty', 'password/common'],
    ['aaaaaaaaaaaa', 'password/common'],
    ['123456789012', 'password/common'],
    ['abcdefghijkl', 'password/common'],
    ['lkjihgfedcba', 'password/common'],
    ['minji.kim@example.com', 'password/about-account'],
    ['MinjiKim2026', 'password/about-account'],
    ['munjigi-munjigi', 'password/about-account'],
    ['문지기문지기-12345', 'password/about-account'],
  ])('refuses %j', (password, code) => {
    expect(refusalOf(password)).toBe(code);
  });
});
