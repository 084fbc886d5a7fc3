import { REPORT_KINDS, type ReportDefinition, type ReportKind } from '@munjigi/contracts';
import type { UrlChange } from '@/lib/hooks/use-url-state';

const REPORT_FIELDS = [
  'period',
  'siteId',
  'doorId',
  'groupId',
  'personId',
  'outcome',
  'alarmKind',
  'by',
  'dayBegins',
  'withinDays',
  'months',
  'action',
] as const;

/** What a report can be cut to, as fields of a form; `from` and `until` belong to `period`. */
export type ReportField = (typeof REPORT_FIELDS)[number];

/** A report while it is put together: a kind, and what was typed or chosen. */
export interface ReportDraft {
  readonly kind: ReportKind;
  readonly values: Readonly<Partial<Record<ReportField | 'from' | 'until', string>>>;
}

/** The fields of each kind, in the order in which they are asked. */
export const FIELDS_OF: Readonly<Record<ReportKind, readonly ReportField[]>> = {
  events: ['period', 'siteId', 'doorId', 'groupId', 'personId', 'outcome'],
  denied: ['period', 'siteId', 'doorId', 'groupId', 'personId'],
  'door-usage': ['period', 'siteId', 'doorId', 'by'],
  attendance: ['period', 'siteId', 'groupId', 'personId', 'dayBegins'],
  'no-credentials': ['siteId', 'groupId'],
  expiring: ['withinDays', 'siteId', 'groupId'],
  idle: ['months', 'siteId', 'groupId'],
  muster: ['siteId'],
  alarms: ['period', 'siteId', 'doorId', 'alarmKind'],
  audit: ['period', 'siteId', 'action'],
};

/** A report as a draft, so that it can be changed. */
export function draftOfDefinition({ kind, parameters }: ReportDefinition): ReportDraft {
  const values: Partial<Record<ReportField | 'from' | 'until', string>> = {};
  for (const [field, value] of Object.entries(parameters)) {
    if (field !== 'period' && value !== undefined) values[field as ReportField] = String(value);
  }
  if ('period' in parameters) {
    const { period } = parameters;
    if (period.kind === 'relative') values.period = period.of;
    else Object.assign(values, { period: period.kind, from: period.from, until: period.until });
  }
  return { kind, values };
}

/** The draft that an address names; what it does not know is left out. @param kinds those that may be run, not empty */
export function draftOfUrl(url: URLSearchParams, kinds: readonly ReportKind[]): ReportDraft {
  const kind = kinds.find((each) => each === url.get('kind')) ?? kinds[0] ?? REPORT_KINDS[0];
  const names = [...FIELDS_OF[kind], 'from', 'until'] as const;
  const values = names.flatMap((name) => {
    const value = url.get(name);
    return value ? [[name, value] as const] : [];
  });
  return { kind, values: Object.fromEntries(values) };
}

/** The names and values that an address has for a draft; those of other kinds are taken away. */
export function urlOfDraft({ kind, values }: ReportDraft): UrlChange {
  const own: readonly string[] = FIELDS_OF[kind];
  const isDays = values.period === 'days' || values.period === 'instants';
  const fields = REPORT_FIELDS.map((name) => [name, own.includes(name) ? values[name] : undefined] as const);
  return {
    kind,
    ...Object.fromEntries(fields),
    from: isDays ? values.from : undefined,
    until: isDays ? values.until : undefined,
  };
}

/** Where a report is opened in the builder. */
export function addressOfReport(report: ReportDefinition): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(urlOfDraft(draftOfDefinition(report)))) {
    if (value) search.set(name, value);
  }
  return `/reports?${search}`;
}
