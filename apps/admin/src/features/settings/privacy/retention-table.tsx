'use client';

import { useTranslations } from 'next-intl';
import { Input } from '@/components/ui/input';
import { useSiteName } from '../../access/use-places';
import { RETENTION_KINDS, type RetentionDraft, isDays } from './retention-draft';

interface RetentionTableProps {
  readonly draft: readonly RetentionDraft[];
  readonly mayWrite: boolean;
  readonly onChange: (draft: readonly RetentionDraft[]) => void;
}

/** Days by place and kind, to be looked at or typed. */
export function RetentionTable({ draft, mayWrite, onChange }: RetentionTableProps) {
  const t = useTranslations('privacy');
  const siteName = useSiteName();
  const set = (index: number, kind: (typeof RETENTION_KINDS)[number], days: string) =>
    onChange(
      draft.map((row, each) => (each === index ? { ...row, days: { ...row.days, [kind]: days } } : row)),
    );
  const isWrong = draft.some(({ days }) => RETENTION_KINDS.some((kind) => !isDays(days[kind])));
  return (
    <div className="overflow-x-auto">
      <table aria-label={t('retention')} className="w-full text-sm">
        <thead>
          <tr>
            <th scope="col" className={headClasses}>
              {t('where')}
            </th>
            {RETENTION_KINDS.map((kind) => (
              <th key={kind} scope="col" className={headClasses}>
                {t(`kind.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {draft.map(({ siteId, days }, index) => {
            const place = siteId === null ? t('everywhere') : siteName(siteId);
            return (
              <tr key={siteId ?? 'everywhere'}>
                <th scope="row" className="min-w-28 px-4 py-2 text-left font-medium">
                  {place}
                </th>
                {RETENTION_KINDS.map((kind) => {
                  const none = t(kind === 'image' && siteId === null ? 'noImages' : 'forever');
                  return (
                    <td key={kind} className="px-4 py-2 tabular-nums">
                      {mayWrite ? (
                        <Input
                          inputMode="numeric"
                          aria-label={t('days', { kind: t(`kind.${kind}`), place })}
                          placeholder={none}
                          value={days[kind]}
                          aria-invalid={!isDays(days[kind])}
                          className="min-w-20"
                          onChange={(event) => set(index, kind, event.target.value.trim())}
                        />
                      ) : (
                        days[kind] || none
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      {isWrong && (
        <p role="alert" className="px-4 pb-3 text-xs text-denied">
          {t('daysWrong')}
        </p>
      )}
    </div>
  );
}

const headClasses = 'h-8 border-b px-4 text-left text-2xs font-medium text-ink-faint';
