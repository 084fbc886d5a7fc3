import { untilSettled } from './until-settled';

describe('waiting until it is settled', () => {
  const patience = { standstillMs: 30, pauseMs: 1 };

  it('goes on for longer than a standstill may last, as long as it gets on', async () => {
    const startedAt = performance.now();
    let left = 40;
    await untilSettled(() => Promise.resolve({ isSettled: (left -= 1) === 0, stand: { left } }), {
      ...patience,
      pauseMs: 2,
    });
    expect(performance.now() - startedAt).toBeGreaterThan(patience.standstillMs);
  });

  it('ends when it stands still, and says where and why', async () => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      if (asked > 1) return Promise.reject(new Error('gone'));
      return Promise.resolve({ isSettled: false, stand: { pending: 3 } });
    };
    const error = await untilSettled(ask, patience).catch((each: unknown) => each);
    expect(error).toMatchObject({ message: 'it stands still at {"pending":3}', cause: new Error('gone') });
  });
});
