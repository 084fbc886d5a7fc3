'use client';

import { type BulkAction, BULK_PEOPLE_MAX, type PersonId } from '@munjigi/contracts';
import { ChevronDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { lazyPart } from '@/lib/lazy-part';

const BulkDialog = lazyPart(() => import('./bulk-dialog').then((m) => m.BulkDialog));

/** What can be done to many people at once. */
export type BulkKind = Extract<
  BulkAction['kind'],
  'add-to-group' | 'remove-from-group' | 'suspend' | 'activate' | 'delete'
>;

const KINDS = ['add-to-group', 'remove-from-group', 'suspend', 'activate'] as const;

interface BulkBarProps {
  readonly chosen: ReadonlySet<PersonId>;
  readonly onClear: () => void;
}

/** How many are chosen, and what can be done to them; nothing while nobody is. */
export function BulkBar({ chosen, onClear }: BulkBarProps) {
  const t = useTranslations('bulk');
  const [kind, setKind] = useState<BulkKind | null>(null);
  if (chosen.size === 0) return null;
  return (
    <div
      role="group"
      aria-label={t('bar')}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b bg-accent-soft px-4 py-1.5 md:px-6"
    >
      <span role="status" className="text-sm font-medium tabular-nums">
        {t('chosen', { count: chosen.size })}
      </span>
      {chosen.size > BULK_PEOPLE_MAX ? (
        <span className="text-xs text-denied">{t('most', { count: BULK_PEOPLE_MAX })}</span>
      ) : (
        <Menu
          align="start"
          trigger={
            <Button size="sm">
              {t('act')}
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          {KINDS.map((each) => (
            <MenuItem key={each} onSelect={() => setKind(each)}>
              {t(`action.${each}`)}
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem danger onSelect={() => setKind('delete')}>
            {t('action.delete')}
          </MenuItem>
        </Menu>
      )}
      <Button variant="ghost" size="sm" onClick={onClear}>
        <X aria-hidden />
        {t('clear')}
      </Button>
      {kind && (
        <BulkDialog kind={kind} personIds={[...chosen]} onDone={onClear} onClose={() => setKind(null)} />
      )}
    </div>
  );
}
