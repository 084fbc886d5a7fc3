import type { PreviewFrame, PreviewWatch } from '@munjigi/contracts';
import { PageViewers } from './page-viewers';

describe('the viewers of a page', () => {
  it('hold the preview’s lease while there are any, and end it with the last', () => {
    const leases: (PreviewWatch | null)[] = [];
    const viewers = new PageViewers((watch) => leases.push(watch));
    const seen: string[] = [];
    const first = viewers.watch(() => seen.push('first'));
    const second = viewers.watch(() => seen.push('second'));
    viewers.show({} as PreviewFrame);
    first();
    first();
    viewers.show({} as PreviewFrame);
    expect(leases).toHaveLength(1);
    expect(leases[0]?.leaseMs).toBeGreaterThan(0);
    second();
    viewers.show({} as PreviewFrame);
    expect(leases.slice(1)).toEqual([null]);
    expect(seen).toEqual(['first', 'second', 'second']);
  });
});
