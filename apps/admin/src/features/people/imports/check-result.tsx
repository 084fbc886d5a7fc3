'use client';

import type { ImportCheck } from '@munjigi/contracts';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Counts } from './counts';

const OUTCOMES = ['wouldCreate', 'wouldUpdate', 'wouldSkip', 'wouldRefuse', 'unusedPhotos'] as const;

/** What an import would do, and what is wrong with its rows. */
export function CheckResult({ check }: { readonly check: ImportCheck }) {
  const t = useTranslations('imports');
  return (
    <div role="status" className="grid gap-4">
      <Counts
        counts={OUTCOMES.map((key) => ({
          ...{ key, label: t(`would.${key}`), count: check[key] },
          isBad: key === 'wouldRefuse' && check[key] > 0,
        }))}
      />
      {check.problems.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-granted">
          <CircleCheck aria-hidden className="size-4" />
          {t('noProblems')}
        </p>
      ) : (
        <Problems problems={check.problems} />
      )}
    </div>
  );
}

function Problems({ problems }: Pick<ImportCheck, 'problems'>) {
  const t = useTranslations('imports');
  return (
    <div
      role="region"
      aria-label={t('problems')}
      tabIndex={0}
      className="max-h-72 overflow-auto rounded-md border"
    >
      <table aria-label={t('problems')} className="w-full text-sm">
        <thead>
          <tr>
            {(['row', 'problemField', 'message'] as const).map((head) => (
              <th
                key={head}
                scope="col"
                className="sticky top-0 border-b bg-surface px-3 py-1.5 text-left text-2xs font-medium text-ink-faint"
              >
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {problems.map(({ row, field, message }) => (
            <tr key={`${row} ${field} ${message}`}>
              <td className="px-3 py-1.5 tabular-nums">{row}</td>
              <td className="px-3 py-1.5">{field}</td>
              <td className="px-3 py-1.5 text-denied">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
