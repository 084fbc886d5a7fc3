import { embedFaces } from './embed-faces';

const face = (x: number) => ({
  box: { x, y: 0, width: 10, height: 10 },
  score: 1,
  landmarks: [{ x, y: 0 }],
});

describe('embedFaces', () => {
  const batches: number[][] = [];
  const vision = {
    align: (_frame: string, [at]: readonly { x: number }[]) =>
      at && at.x >= 0 ? Promise.resolve(Uint8Array.of(at.x)) : Promise.reject(new Error('no face')),
    embed: (crops: readonly Uint8Array[]) => {
      batches.push(crops.map(([x = 0]) => x));
      return Promise.resolve(crops.map(([x = 0]) => Float32Array.of(x)));
    },
  };

  it('embeds all faces in one batch, save one that cannot be aligned', async () => {
    const faces = [3, -1, 5].map((x) => ({ trackId: `track ${x}`, face: face(x) }));
    const found = await embedFaces(vision, 'frame', faces);

    expect([...found]).toEqual([
      ['track 3', Float32Array.of(3)],
      ['track 5', Float32Array.of(5)],
    ]);
    expect(batches).toEqual([[3, 5]]);
  });

  it('asks for no embedding where there is no face', async () => {
    batches.length = 0;
    expect(await embedFaces(vision, 'frame', [{ trackId: 'a', face: face(-1) }])).toEqual(new Map());
    expect(batches).toEqual([]);
  });
});
