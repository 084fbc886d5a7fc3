import { TemplateTransform } from '@munjigi/face-core';
import { v7 as uuidV7 } from 'uuid';
import { embeddingOf } from '../testing/drafts';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { BENCH_MODEL, KIM, KIM_TEMPLATE, UplinkBench } from '../testing/uplink-bench';

const newDirectory = temporaryDirectories();

describe('SocketUplink, with templates in a transform', () => {
  let link: UplinkBench;

  beforeEach(async () => {
    link = await UplinkBench.start(newDirectory());
  });
  afterEach(() => link.close());

  const renewed = (secret: Uint8Array, id = uuidV7()) => {
    const turned = new TemplateTransform(secret, BENCH_MODEL.dimension).apply(embeddingOf(1));
    const template = { ...KIM_TEMPLATE.template, embedding: new Uint8Array(turned.buffer), transformId: id };
    return {
      id,
      put: { ...KIM_TEMPLATE, template },
      transform: { kind: 'transform.put' as const, transform: { id, secret } },
    };
  };
  const kimsSimilarity = () => link.target.search(embeddingOf(1))?.[0]?.similarity ?? 0;

  it('compares in a transform that it is given, also after a restart without a link, and through a renewal', async () => {
    const [first, second] = [renewed(new Uint8Array(32).fill(1)), renewed(new Uint8Array(32).fill(2))];
    link.server.transformId = first.id;
    link.server.change(first.transform, KIM, first.put);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 3);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);

    await link.uplink.stop();
    link.begin();
    expect(kimsSimilarity()).toBeCloseTo(1, 5);

    link.uplink.start();
    await link.linked();
    link.server.transformId = second.id;
    link.server.change(second.transform);
    await until(() => link.target.appliedRevision === 4);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
    link.server.change(second.put, { kind: 'transform.delete', transformId: first.id } as never);
    await until(() => link.target.appliedRevision === 6);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
    expect(link.target.templateCount).toBe(1);
    expect(link.store.state.load().transforms.map(({ id }) => id)).toEqual([second.id]);
  });

  it('asks for everything again, and goes on with what it has, when it lacks the server’s transform', async () => {
    link.server.change(KIM, KIM_TEMPLATE);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    await link.uplink.stop();
    // The server has begun to keep templates in a transform while an older agent ran, which was sent none of it.
    const first = renewed(new Uint8Array(32).fill(1));
    link.server.forgetFeed();
    link.server.transformId = first.id;
    link.server.change(first.transform, KIM);
    link.begin();
    link.uplink.start();
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
    await until(() => link.store.state.load().transforms.length === 1);
    expect(link.server.pulls.some(({ afterRevision }) => afterRevision === 0)).toBe(true);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
    link.server.change(first.put);
    await until(() => link.store.state.load().templates[0]?.transformId === first.id);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
  });

  it('leaves a template out whose transform it was not given', async () => {
    const unknown = renewed(new Uint8Array(32).fill(1));
    link.server.change(KIM, unknown.put);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    expect(link.target.templateCount).toBe(0);
    expect(link.logged.lines.map(({ msg }) => msg)).toContain('template of an unknown transform left out');
  });
});
