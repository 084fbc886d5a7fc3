import { wallClock } from './wall-clock';

describe('wallClock', () => {
  it('shows the time of the zone, and nothing where there is none', () => {
    const noon = Date.UTC(2026, 10, 25, 12, 5);
    expect(wallClock(noon, 'Asia/Seoul')).toBe('21:05');
    expect(wallClock(noon, 'Mars/Olympus')).toBe('');
    expect(wallClock(0, 'Asia/Seoul')).toBe('');
  });
});
