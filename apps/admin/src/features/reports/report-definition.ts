import { type ReportDefinition, reportDefinitionSchema } from '@munjigi/contracts';
import { FIELDS_OF, type ReportDraft, type ReportField } from './report-draft';

const NUMBERS: readonly ReportField[] = ['withinDays', 'months'];
const DEFAULT_PERIOD = 'last-7-days';

/** The report that a draft asks for; null while it is not complete. */
export function definitionOfDraft({ kind, values }: ReportDraft): ReportDefinition | null {
  const parameters: Record<string, unknown> = {};
  for (const field of FIELDS_OF[kind]) {
    const value = values[field];
    if (field === 'period') parameters.period = periodOf(values);
    else if (value) parameters[field] = NUMBERS.includes(field) ? Number(value) : value;
  }
  return reportDefinitionSchema.safeParse({ kind, parameters }).data ?? null;
}

function periodOf({ period = DEFAULT_PERIOD, from, until }: ReportDraft['values']) {
  return period === 'days' || period === 'instants'
    ? { kind: period, from, until }
    : { kind: 'relative', of: period };
}
