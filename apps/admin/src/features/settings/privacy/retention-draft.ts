import type { RetentionRule, RetentionSettings } from '@munjigi/contracts';

/** What is kept for a time. */
export const RETENTION_KINDS = ['event', 'image', 'template'] as const;

export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** The rules of one place as fields of a form: days as they were typed, empty for none. */
export interface RetentionDraft {
  readonly siteId: RetentionRule['siteId'];
  readonly days: Readonly<Record<RetentionKind, string>>;
}

const NONE = { event: '', image: '', template: '' } as const;

/** Rules as rows of a form: first that of everywhere else, then one a site that has any. */
export function draftOfRules(rules: readonly RetentionRule[]): RetentionDraft[] {
  const places = [...new Set([null, ...rules.map(({ siteId }) => siteId)])];
  return places.map((siteId) => {
    const own = rules.filter((rule) => rule.siteId === siteId);
    const days = Object.fromEntries(own.map((rule) => [rule.kind, String(rule.days)]));
    return { siteId, days: { ...NONE, ...days } };
  });
}

/** A row without rules. */
export function emptyDraft(siteId: RetentionRule['siteId']): RetentionDraft {
  return { siteId, days: NONE };
}

/** Whether a field holds days that a rule can have, or nothing. */
export function isDays(text: string): boolean {
  return text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 36_500);
}

/** The rules that rows ask for; null while a field is wrong. */
export function rulesOfDraft(draft: readonly RetentionDraft[]): RetentionSettings | null {
  if (draft.some(({ days }) => RETENTION_KINDS.some((kind) => !isDays(days[kind])))) return null;
  const rules = draft.flatMap(({ siteId, days }) =>
    RETENTION_KINDS.flatMap((kind) =>
      days[kind] === '' ? [] : [{ siteId, kind, days: Number(days[kind]) }],
    ),
  );
  return { rules };
}

/** Whether something that is kept now would be removed: a new rule, or a shorter one. */
export function isShorter(before: readonly RetentionRule[], after: readonly RetentionRule[]): boolean {
  const daysIn = (rules: readonly RetentionRule[], siteId: RetentionRule['siteId'], kind: RetentionKind) => {
    const rule = (place: RetentionRule['siteId']) =>
      rules.find((each) => each.kind === kind && each.siteId === place)?.days;
    // With no rule no picture of an enrolment is kept at all: any rule keeps more.
    return rule(siteId) ?? rule(null) ?? (kind === 'image' ? 0 : Infinity);
  };
  const places = new Set([null, ...before.map(({ siteId }) => siteId), ...after.map(({ siteId }) => siteId)]);
  return [...places].some((siteId) =>
    RETENTION_KINDS.some((kind) => daysIn(after, siteId, kind) < daysIn(before, siteId, kind)),
  );
}
