import { ShownTimes } from './shown-times';

const line = (n: number, time: string) =>
  `[Parsed_showinfo_1 @ 0x55] n:${String(n).padStart(4)} pts:  ${n * 512} pts_time:${time.padEnd(7)} pos: 48 fmt:yuv420p\n`;

describe('ShownTimes', () => {
  it('gives the times in order, however the text is cut', async () => {
    const text = `Input #0\n${line(0, '0')}[h264 @ 0x1] a warning\n${line(1, '0.04')}${line(2, 'NOPTS')}${line(0, '1.5')}`;
    for (const size of [1, 7, 1000]) {
      const times = new ShownTimes();
      for (let at = 0; at < text.length; at += size) times.push(text.slice(at, at + size));

      expect([await times.at(0), await times.at(1), await times.at(2), await times.at(3)]).toEqual([
        ...[0, 40, null, 1500],
      ]);
    }
  });

  it('waits for a time that is not said yet, and gives up at the end', async () => {
    const times = new ShownTimes();
    const first = times.at(0);
    times.push(line(0, '2'));
    expect(await first).toBe(2000);

    const second = times.at(1);
    times.end();
    expect(await second).toBeNull();
  });
});
