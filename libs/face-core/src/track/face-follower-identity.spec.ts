import { FaceCoreError } from '../errors';
import { follow, JUNO, knowing, MINA } from './testing/follow-script';
import { scriptedFrame } from './testing/scripted-people';

describe('whose track it is', () => {
  it('keeps one track for a face that walks, nods and comes nearer', async () => {
    const { show } = follow();
    const ids = new Set<string | undefined>();
    for (let frame = 0; frame < 30; frame += 1) {
      const [track] = await show([{ person: 1, x: 60 + 5 * frame, y: 60 + (frame % 3), size: 48 + frame }]);
      ids.add(track?.id);
    }

    expect(ids.size).toBe(1);
    expect(ids.has(undefined)).toBe(false);
  });

  it.each([
    ['with a recognizer', knowing()],
    ['without one', undefined],
  ])('ends a track when somebody else stands in its place in the next frame, %s', async (_, recognizer) => {
    const { follower, show } = follow(recognizer ? { recognizer } : {});
    await show([MINA]);
    const [before] = await show([MINA]);

    const [after] = await show([{ ...MINA, person: 3 }]);

    expect(after?.face.person).toBe(3);
    expect(after?.id).not.toBe(before?.id);
    expect(follower.ended.map(({ id }) => id)).toEqual([before?.id]);
  });

  it('makes two new tracks of two people who change places between two frames', async () => {
    const { show } = follow({ recognizer: knowing() });
    const before = await show([MINA, JUNO]);

    const after = await show([
      { ...MINA, person: JUNO.person },
      { ...JUNO, person: MINA.person },
    ]);

    expect(new Set([...before, ...after].map(({ id }) => id)).size).toBe(4);
  });

  it('ends every track at a cut, though the same face stands in the same place', async () => {
    const { follower, show } = follow({ recognizer: knowing() });
    const [before] = await show(scriptedFrame([MINA], 128));
    const other = scriptedFrame([MINA], 128);
    other.data.forEach((value, at) => {
      const x = (at / 3) % 320;
      if (value === 128) other.data[at] = x > 160 ? 20 : 230;
    });

    const [after] = await show(other);

    expect(follower.detectionReason).toBe('first');
    expect(after?.id).not.toBe(before?.id);
  });

  it('starts a new track at a jump and at a sudden change of size', async () => {
    const { show } = follow({ recognizer: knowing() });
    const [first] = await show([MINA]);
    const [second] = await show([{ ...MINA, x: 200 }]);
    const [third] = await show([{ ...MINA, x: 200, size: 90 }], 400);

    expect(new Set([first?.id, second?.id, third?.id]).size).toBe(3);
  });

  it('keeps a track behind a short occlusion, and gives a new one after a long one', async () => {
    const { show } = follow();
    const [before] = await show([MINA]);
    for (let frame = 0; frame < 10; frame += 1) expect(await show([])).toEqual([]);
    const [back] = await show([MINA]);
    expect(back?.id).toBe(before?.id);

    for (let frame = 0; frame < 20; frame += 1) await show([]);
    const [late] = await show([MINA]);
    expect(late?.id).not.toBe(before?.id);
  });

  it('does not give a hidden person’s track to who stands there when the view is free again', async () => {
    const { show } = follow({ recognizer: knowing() });
    const [before] = await show([MINA]);
    for (let frame = 0; frame < 5; frame += 1) await show([]);

    const [other] = await show([{ ...MINA, person: 4 }]);

    expect(other?.id).not.toBe(before?.id);
  });

  it.each([1, 2])('keeps two people apart who cross, %s in front', async (front) => {
    const { show } = follow({ recognizer: knowing() });
    const owners = new Map<string, number>();
    for (let frame = 0; frame < 30; frame += 1) {
      const faces = [
        { person: 1, x: 60 + 6 * frame, y: 80 },
        { person: 2, x: 240 - 6 * frame, y: 84 },
      ].sort((a, b) => (a.person === front ? 1 : 0) - (b.person === front ? 1 : 0));
      const painted = scriptedFrame(faces);
      const tracks = await show(painted);
      expect(tracks).toHaveLength(painted.people.length);
      for (const { id, face } of tracks) {
        expect(owners.get(id) ?? face.person).toBe(face.person);
        owners.set(id, face.person);
      }
    }
    expect([...owners.values()].sort()).toEqual([1, 2]);
  });

  it('asks the recognizer only at a track’s beginning and in doubt, and believes it', async () => {
    const recognizer = knowing();
    const { show } = follow({ recognizer });
    const [before] = await show([MINA]);
    for (let frame = 0; frame < 8; frame += 1) await show([MINA]);
    expect(recognizer.embed).toHaveBeenCalledTimes(1);

    // The same person, but nothing of the face is as it was.
    const changed = { ...scriptedFrame([{ ...MINA, person: 5 }]), people: scriptedFrame([MINA]).people };
    const [after] = await show(changed);

    expect(recognizer.embed).toHaveBeenCalledTimes(2);
    expect(after?.id).toBe(before?.id);
  });

  it('takes a face that cannot be embedded for a doubt, not for an error', async () => {
    const recognizer = {
      similarityMin: 0.6,
      embed: () => Promise.reject(new FaceCoreError('landmarks/degenerate', 'No face.')),
    };
    const { show } = follow({ recognizer });
    const [before] = await show([MINA]);
    const [after] = await show([{ ...MINA, person: 3 }]);

    expect(after?.id).not.toBe(before?.id);
  });

  it('gives one track to two followed boxes that end on one face', async () => {
    const { show } = follow();
    await show([MINA, { ...JUNO, x: 110 }]);

    // Between both; the detector's networks pull either box onto it.
    const tracks = await show([{ ...MINA, x: 92 }]);

    expect(tracks).toHaveLength(1);
  });
});
