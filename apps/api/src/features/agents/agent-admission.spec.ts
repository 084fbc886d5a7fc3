import { AgentAdmission } from './agent-admission';

describe('AgentAdmission', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** Six that are coming in. */
  function full() {
    const admission = new AgentAdmission();
    const leaving: (() => void)[] = [];
    const began: string[] = [];
    const come = (name: string, standing: 'known' | 'newcomer' = 'newcomer') =>
      admission.run(standing, () => {
        began.push(name);
        return new Promise<void>((resolve) => leaving.push(resolve));
      });
    for (let index = 0; index < 6; index++) void come('early');
    return { come, leaving, began };
  }

  it('lets the next in when one is through, who is half in before who knocks', async () => {
    const { come, leaving, began } = full();
    void come('newcomer');
    void come('known', 'known');
    expect(began).toHaveLength(6);
    leaving.shift()?.();
    await jest.advanceTimersByTimeAsync(0);
    expect(began.slice(6)).toEqual(['known']);
    leaving.shift()?.();
    await jest.advanceTimersByTimeAsync(0);
    expect(began.slice(6)).toEqual(['known', 'newcomer']);
  });

  it('sends away whoever waits too long, and says when to come again', async () => {
    const { come, leaving, began } = full();
    const refused = expect(come('late')).rejects.toMatchObject({
      ...{ code: 'agent/unavailable', retryAfterSeconds: 5 },
    });
    await jest.advanceTimersByTimeAsync(4_000);
    await refused;
    for (const leave of leaving.splice(0)) leave();
    await jest.advanceTimersByTimeAsync(0);
    void come('again');
    expect(began.slice(6)).toEqual(['again']);
  });

  it('gives its place back when a step fails', async () => {
    const admission = new AgentAdmission();
    for (let index = 0; index < 20; index++)
      await expect(admission.run('known', () => Promise.reject(new Error('no database')))).rejects.toThrow(
        'no database',
      );
  });
});
