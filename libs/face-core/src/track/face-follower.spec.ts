import { plainFrame } from '../testing/frames';
import { follow, FRAME_MS, JUNO, MINA, plainOf } from './testing/follow-script';
import { scriptedFrame } from './testing/scripted-people';

describe('when a frame is searched whole', () => {
  it('searches at the first frame and every second, and looks at the expected places in between', async () => {
    const { detector, follower, show } = follow();
    const reasons: unknown[] = [];

    for (let frame = 0; frame < 51; frame += 1) {
      await show([MINA]);
      reasons.push(follower.detectionReason);
    }

    expect(reasons.flatMap((reason, at) => (reason ? [[at, reason]] : []))).toEqual([
      [0, 'first'],
      [25, 'interval'],
      [50, 'interval'],
    ]);
    expect(detector).toMatchObject({ detections: 3, refinements: 48 });
  });

  it('searches an empty, still scene at the interval alone', async () => {
    const { detector, show } = follow();

    for (let frame = 0; frame < 21; frame += 1) await show([]);

    expect(detector).toMatchObject({ detections: 3, refinements: 0 });
  });

  it('finds who comes into an empty scene in the same frame', async () => {
    const { follower, show } = follow();
    await show([]);
    await show([]);

    expect(await show([MINA])).toHaveLength(1);
    expect(follower.detectionReason).toBe('motion');
  });

  it('finds a newcomer beside a followed face within 200 ms, by the motion', async () => {
    const { follower, show } = follow();
    for (let frame = 0; frame < 2; frame += 1) await show([MINA]);

    const seen: number[] = [];
    for (let frame = 0; frame < 4; frame += 1) seen.push((await show([MINA, JUNO])).length);

    expect(seen).toEqual([1, 1, 1, 2]);
    expect(follower.detectionReason).toBe('motion');
  });

  it('finds a newcomer who moves next to nothing within 320 ms', async () => {
    const { follower, show } = follow();
    const frame = scriptedFrame([MINA]);
    const stirred = { ...frame, data: frame.data.slice(), people: scriptedFrame([MINA, JUNO]).people };
    // Five pixels of each of five rows are one cell of the scene.
    for (let y = 60; y < 65; y += 1) stirred.data.fill(220, (y * frame.width + 220) * 3, (y * frame.width + 225) * 3); // prettier-ignore
    await show([MINA]);
    for (let at = 0; at < 7; at += 1) expect(await show(stirred)).toHaveLength(1);

    expect(await show(stirred)).toHaveLength(2);
    expect(follower.detectionReason).toBe('motion');
  });

  it('finds a newcomer who moves nothing at the interval', async () => {
    const { follower, show } = follow();
    const unpainted = { ...scriptedFrame([MINA]), people: scriptedFrame([MINA, JUNO]).people };
    await show([MINA]);
    for (let frame = 0; frame < 24; frame += 1) expect(await show(unpainted)).toHaveLength(1);

    expect(await show(unpainted)).toHaveLength(2);
    expect(follower.detectionReason).toBe('interval');
  });

  it('searches for a lost face in the same frame and keeps its track', async () => {
    const { detector, follower, show } = follow();
    for (let frame = 0; frame < 4; frame += 1) await show([MINA]);
    const [before] = await show([MINA]);
    jest.spyOn(detector, 'refine').mockResolvedValueOnce([undefined]);

    const [after] = await show([MINA]);

    expect(follower.detectionReason).toBe('lost');
    expect(after?.id).toBe(before?.id);
  });

  it('looks where a face was expected though a whole search did not find it', async () => {
    const { detector, follower, show } = follow({ stillEveryMs: 400 });
    const [before] = await show([MINA]);
    jest.spyOn(detector, 'detect').mockResolvedValueOnce([]);

    const [after] = await show([MINA], 400);

    expect(follower.detectionReason).toBe('interval');
    expect(after?.id).toBe(before?.id);
  });

  it('searches for a face that stays away every 100 ms, until its track ends', async () => {
    const { detector, follower, show } = follow();
    await show(plainOf([MINA]));
    const searches: number[] = [];

    for (let frame = 1; frame <= 25; frame += 1) {
      const before = detector.detections;
      await show(plainOf([]));
      if (detector.detections > before) searches.push(frame * FRAME_MS);
      if (follower.ended.length > 0) expect(frame * FRAME_MS).toBe(720);
    }

    // 100 ms are three frames; then the interval.
    expect(searches).toEqual([120, 240, 360, 480, 600, 1000]);
  });

  it('begins a new search after another frame size and after a clock that stands still', async () => {
    const { follower, show } = follow();
    const [first] = await show([MINA]);
    const [second] = await show([MINA], 0);

    expect(follower.detectionReason).toBe('first');
    expect(second?.id).not.toBe(first?.id);
    expect(follower.ended.map(({ id }) => id)).toEqual([first?.id]);

    const other = { ...plainFrame(160, 90), people: [] };
    expect(await show(other)).toEqual([]);
    expect(follower.detectionReason).toBe('first');
    expect(follower.ended.map(({ id }) => id)).toEqual([second?.id]);
  });
});

describe('what goes wrong', () => {
  it('refuses a frame while the last one is looked at', async () => {
    const { follower } = follow();
    const first = follower.update(scriptedFrame([MINA]), 40);

    await expect(follower.update(scriptedFrame([MINA]), 80)).rejects.toMatchObject({
      code: 'track/overlapping',
    });
    expect(await first).toHaveLength(1);
  });

  it('keeps all tracks when a look fails, and goes on', async () => {
    const { detector, follower, show } = follow();
    const [before] = await show([MINA]);
    const failing = jest.spyOn(detector, 'refine').mockRejectedValueOnce(new Error('The engine is gone.'));

    await expect(show([MINA])).rejects.toThrow('The engine is gone.');
    failing.mockRestore();

    expect((await show([MINA]))[0]?.id).toBe(before?.id);
    expect(follower.ended).toEqual([]);
  });

  it('refuses a frame whose data do not fit', async () => {
    const { follower } = follow();

    await expect(follower.update({ ...plainFrame(10, 10), width: 11 }, 0)).rejects.toMatchObject({
      code: 'frame/invalid',
    });
  });

  it('ends every track when told of a cut', async () => {
    const { follower, show } = follow();
    const [before] = await show([MINA]);

    follower.clear();

    expect(follower.ended.map(({ id, visible }) => [id, visible])).toEqual([[before?.id, false]]);
    expect((await show([MINA]))[0]?.id).not.toBe(before?.id);
  });
});
