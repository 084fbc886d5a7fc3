import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pictureHash } from '../domain/picture-hash';
import { eventDraft } from '../testing/drafts';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { KIM, UplinkBench } from '../testing/uplink-bench';

const newDirectory = temporaryDirectories();
const jpegOf = (seed: number, sizeBytes = 20_000): Uint8Array =>
  Uint8Array.from({ length: sizeBytes }, (_, index) => (index * seed) % 251);

describe('pictures of events', () => {
  let bench: UplinkBench;
  beforeEach(async () => {
    bench = await UplinkBench.start(newDirectory());
    bench.server.capabilities = ['event-images'];
  });
  afterEach(() => bench.close());

  const keep = async (jpeg: Uint8Array, personId: string | null = null): Promise<string> => {
    const hash = pictureHash(jpeg);
    await bench.store.pictures.keep({ hash, jpeg }, personId);
    return hash;
  };
  const left = () => readdirSync(join(bench.directory, 'pictures'));
  const handedOver = () => until(() => left().length === 0, { what: 'the pictures to be handed over' });

  it('go in small parts once no event waits, and are forgotten then', async () => {
    const [one, other] = [jpegOf(7), jpegOf(11, 300)];
    const hashes = [await keep(one), await keep(other)];
    for (let count = 0; count < 7; count += 1) bench.store.events.append(eventDraft());
    bench.uplink.start();
    await handedOver();
    expect(hashes.map((hash) => bench.server.images.get(hash))).toEqual([one, other].map(Buffer.from));
    expect(Math.max(...bench.server.chunks.map(({ bytes }) => bytes.length))).toBe(8_192);
    expect(bench.server.told.lastIndexOf('events.push')).toBeLessThan(
      bench.server.told.indexOf('images.offer'),
    );
  });

  it('go on where the link broke', async () => {
    const jpeg = jpegOf(7);
    const hash = await keep(jpeg);
    bench.server.images.set(hash, Buffer.from(jpeg.subarray(0, 9_000)));
    bench.server.chunksToLose = 1;
    bench.uplink.start();
    await handedOver();
    expect(bench.server.chunks.map(({ fromByte }) => fromByte)).toEqual([9_000, 9_000, 17_192]);
    expect(bench.server.images.get(hash)).toEqual(Buffer.from(jpeg));
  });

  it('that came in while the door was linked go at once', async () => {
    bench.uplink.start();
    await bench.linked();
    await keep(jpegOf(3));
    bench.uplink.picturesWaiting();
    await handedOver();
  });

  it('that nobody may keep are forgotten', async () => {
    bench.server.refusesImages = true;
    await keep(jpegOf(3));
    bench.uplink.start();
    await handedOver();
    expect(bench.server.chunks).toEqual([]);
  });

  it('of people who are gone are deleted though the server takes none', async () => {
    bench.server.capabilities = [];
    bench.server.change(KIM);
    await keep(jpegOf(3), KIM.person.id);
    bench.uplink.start();
    await until(() => bench.target.knows(KIM.person.id));
    expect(left()).toHaveLength(1);
    bench.server.change({ kind: 'person.delete', personId: KIM.person.id });
    await handedOver();
    expect(bench.server.told).not.toContain('images.offer');
  });
});
