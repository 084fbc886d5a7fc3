import { REPORT_KINDS, reportDefinitionSchema } from '@munjigi/contracts';
import { definitionOfDraft } from './report-definition';
import { addressOfReport, draftOfDefinition, draftOfUrl, urlOfDraft } from './report-draft';

const SITE = '0198c2f0-7a3b-7c11-8a44-000000000002';
const open = (address: string) => draftOfUrl(new URLSearchParams(address), REPORT_KINDS);

describe('a draft of a report', () => {
  it.each([
    { kind: 'events', parameters: { siteId: SITE, outcome: 'denied' } },
    { kind: 'door-usage', parameters: { by: 'hour', period: { kind: 'relative', of: 'last-month' } } },
    {
      kind: 'attendance',
      parameters: { dayBegins: '04:00', period: { kind: 'days', from: '2026-09-01', until: '2026-09-30' } },
    },
    {
      kind: 'alarms',
      parameters: {
        period: { kind: 'instants', from: '2026-09-01T00:00:00Z', until: '2026-09-01T12:00:00Z' },
      },
    },
    { kind: 'expiring', parameters: { withinDays: 14 } },
    { kind: 'muster', parameters: {} },
  ])('comes back from its address: $kind', (asked) => {
    const report = reportDefinitionSchema.parse(asked);
    const [, search = ''] = addressOfReport(report).split('?');
    expect(definitionOfDraft(open(search))).toEqual(report);
  });

  it('covers the last seven days unless it says otherwise', () => {
    expect(definitionOfDraft(open('kind=events'))).toMatchObject({
      parameters: { period: { kind: 'relative', of: 'last-7-days' } },
    });
  });

  it.each([
    'kind=events&period=days&from=2026-09-02',
    'kind=events&period=days&from=2026-09-02&until=2026-09-01',
    'kind=expiring&withinDays=many',
    'kind=events&siteId=here',
  ])('asks for nothing while it is not complete: %s', (address) => {
    expect(definitionOfDraft(open(address))).toBeNull();
  });

  it('leaves out what another kind was cut to', () => {
    const draft = { kind: 'muster', values: { siteId: SITE, outcome: 'denied', period: 'days' } } as const;
    expect(urlOfDraft(draft)).toMatchObject({ kind: 'muster', siteId: SITE, outcome: undefined });
    expect(definitionOfDraft(draft)).toEqual({ kind: 'muster', parameters: { siteId: SITE } });
  });

  it('is of the first kind that may be run where the address names another', () => {
    expect(draftOfUrl(new URLSearchParams('kind=audit'), ['muster']).kind).toBe('muster');
    expect(draftOfDefinition({ kind: 'muster', parameters: {} })).toEqual({ kind: 'muster', values: {} });
  });
});
