'use client';

import type { AuditEntry } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useFormats } from '@/lib/hooks/use-formats';
import { useSites } from '../access/use-places';
import { Actor } from './audit-columns';
import { type AuditFilters, changesOf } from './audit-filters';
import { useActionWords } from './use-action-words';

interface AuditPanelProps {
  readonly entry: AuditEntry;
  readonly onNarrow: (filters: AuditFilters) => void;
  readonly onClose: () => void;
}

/** One entry beside the list: who, from where, what, before and after. */
export function AuditPanel({ entry, onNarrow, onClose }: AuditPanelProps) {
  const words = useActionWords();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words(entry.action)}
      placement="side"
      className="sm:w-[30rem]"
    >
      <div className="grid gap-6 px-5 pt-1 pb-8">
        <Facts entry={entry} />
        <Changes entry={entry} />
        <Narrowing entry={entry} onNarrow={onNarrow} />
      </div>
    </Dialog>
  );
}

function Facts({ entry }: { readonly entry: AuditEntry }) {
  const t = useTranslations('audit');
  const formats = useFormats();
  const site = useSites().data?.find(({ id }) => id === entry.siteId);
  return (
    <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-2 text-sm">
      <Fact name={t('column.time')}>{formats.full(entry.at)}</Fact>
      <Fact name={t('column.actor')}>
        <Actor entry={entry} />
      </Fact>
      {entry.actor.address && <Fact name={t('address')}>{entry.actor.address}</Fact>}
      {entry.reason && <Fact name={t('column.reason')}>{entry.reason}</Fact>}
      {entry.siteId && <Fact name={t('site')}>{site?.name ?? entry.siteId}</Fact>}
      {entry.subjectId && (
        <Fact name={t('subject')}>
          <code className="text-xs">{entry.subjectId}</code>
        </Fact>
      )}
      <Fact name={t('code')}>
        <code className="text-xs">{entry.action}</code>
      </Fact>
      <Fact name={t('column.position')}>{t('position', { count: entry.position })}</Fact>
      <Fact name={t('hash')}>
        <code className="text-xs break-all">{entry.hash}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Changes({ entry }: { readonly entry: AuditEntry }) {
  const t = useTranslations('audit');
  const changes = changesOf(entry);
  const details = Object.entries(entry.details);
  if (changes.length === 0 && details.length === 0) return null;
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-semibold">{t('changes')}</h3>
      <ul className="grid gap-2">
        {changes.map(({ field, before, after }) => (
          <li key={field} className="rounded-md border bg-surface px-3 py-2">
            <p className="text-xs text-ink-faint">{field}</p>
            {before !== undefined && <Value label={t('before')} value={before} className="text-denied" />}
            {after !== undefined && <Value label={t('after')} value={after} className="text-granted" />}
          </li>
        ))}
        {details.map(([field, value]) => (
          <li key={`details-${field}`} className="rounded-md border bg-surface px-3 py-2">
            <p className="text-xs text-ink-faint">{field}</p>
            <Value label={field} value={value} className="" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Value(props: { readonly label: string; readonly value: unknown; readonly className: string }) {
  const { label, value, className } = props;
  return (
    <p className={className}>
      <span className="sr-only">{label}: </span>
      <code className="text-xs break-words whitespace-pre-wrap">
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </code>
    </p>
  );
}

/** Ways from one entry to those like it. */
function Narrowing({ entry, onNarrow }: Omit<AuditPanelProps, 'onClose'>) {
  const t = useTranslations('audit');
  const { actor, subjectId, action } = entry;
  return (
    <div className="flex flex-wrap gap-2">
      {actor.id && (
        <Button size="sm" onClick={() => onNarrow({ period: 'any', actorId: actor.id ?? undefined })}>
          {t('sameActor')}
        </Button>
      )}
      {subjectId && (
        <Button size="sm" onClick={() => onNarrow({ period: 'any', subjectId })}>
          {t('sameSubject')}
        </Button>
      )}
      <Button size="sm" onClick={() => onNarrow({ period: 'any', action })}>
        {t('sameAction')}
      </Button>
    </div>
  );
}
