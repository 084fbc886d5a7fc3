import { LoginThrottle } from './login-throttle';

const MINUTE_MS = 60_000;

describe('LoginThrottle', () => {
  it('refuses an account after ten failures, from wherever they come', () => {
    const throttle = new LoginThrottle();
    for (let index = 0; index < 10; index++)
      expect(throttle.begin('a@x.kr', `10.0.0.${index}`, 0)).toBeNull();
    expect(throttle.begin('a@x.kr', '10.0.1.1', MINUTE_MS)).toBe(14 * 60);
    expect(throttle.begin('b@x.kr', '10.0.1.1', MINUTE_MS)).toBeNull();
  });

  it('refuses an address after thirty failures, on whatever account', () => {
    const throttle = new LoginThrottle();
    for (let index = 0; index < 30; index++)
      expect(throttle.begin(`${index}@x.kr`, '10.0.0.1', 0)).toBeNull();
    expect(throttle.begin('other@x.kr', '10.0.0.1', 0)).toBe(15 * 60);
    expect(throttle.begin('other@x.kr', '10.0.0.2', 0)).toBeNull();
  });

  it('forgets when the window is over', () => {
    const throttle = new LoginThrottle();
    for (let index = 0; index < 10; index++) throttle.begin('a@x.kr', '10.0.0.1', 0);
    expect(throttle.begin('a@x.kr', '10.0.0.1', 15 * MINUTE_MS - 1)).toBe(1);
    expect(throttle.begin('a@x.kr', '10.0.0.1', 15 * MINUTE_MS)).toBeNull();
  });

  it('does not count the right password, and clears the account', () => {
    const throttle = new LoginThrottle();
    for (let index = 0; index < 9; index++) throttle.begin('a@x.kr', '10.0.0.1', 0);
    expect(throttle.begin('a@x.kr', '10.0.0.1', 0)).toBeNull();
    throttle.succeed('a@x.kr', '10.0.0.1');
    for (let index = 0; index < 10; index++) expect(throttle.begin('a@x.kr', '10.0.0.1', 0)).toBeNull();
    for (let index = 0; index < 100; index++) {
      expect(throttle.begin('b@x.kr', '10.0.0.2', 0)).toBeNull();
      throttle.succeed('b@x.kr', '10.0.0.2');
    }
  });

  it('counts guesses that run at the same time', () => {
    const throttle = new LoginThrottle();
    const answers = Array.from({ length: 50 }, () => throttle.begin('a@x.kr', '10.0.0.1', 0));
    expect(answers.filter((answer) => answer === null)).toHaveLength(10);
  });

  it('keeps a bounded number of counts', () => {
    const throttle = new LoginThrottle();
    for (let index = 0; index < 20_000; index++) throttle.begin(`${index}@x.kr`, `address ${index}`, 0);
    expect((throttle as unknown as { counts: Map<string, unknown> }).counts.size).toBeLessThanOrEqual(10_000);
  });
});
