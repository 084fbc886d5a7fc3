'use client';

import { CalendarPlus, Copy, Ellipsis, Eraser } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { type Hours, addedAnywhere } from './day-hours';
import { HoursTrack } from './hours-track';

interface HoursRowProps {
  readonly label: string;
  /** What stands before the line when the label is too long for it. */
  readonly shortLabel: string;
  readonly hours: readonly Hours[];
  /** Undefined: they can only be looked at. */
  readonly onChange?: ((hours: Hours[]) => void) | undefined;
  readonly selected?: number | null;
  readonly onSelect?: (index: number | null) => void;
  /** Puts these hours on other days. */
  readonly copies?: readonly { readonly label: string; readonly onCopy: () => void }[];
}

/** The hours of one day with its name and a menu of what can be done with them. */
export function HoursRow({ label, shortLabel, copies = [], ...track }: HoursRowProps) {
  const t = useTranslations('week');
  const { hours, onChange, onSelect } = track;
  const add = () => {
    const next = addedAnywhere(hours);
    if (!next) return;
    onChange?.(next.hours);
    onSelect?.(next.index);
  };
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden title={label} className="w-8 shrink-0 truncate text-xs text-ink-muted md:w-10">
        {shortLabel}
      </span>
      <div className="min-w-0 flex-1">
        <HoursTrack label={label} {...track} />
      </div>
      {onChange && (
        <Menu
          trigger={
            <Button variant="ghost" size="iconSm" aria-label={t('actionsFor', { day: label })}>
              <Ellipsis aria-hidden />
            </Button>
          }
        >
          <MenuItem onSelect={add} disabled={addedAnywhere(hours) === null}>
            <CalendarPlus aria-hidden />
            {t('add')}
          </MenuItem>
          {copies.map((copy) => (
            <MenuItem key={copy.label} onSelect={copy.onCopy}>
              <Copy aria-hidden />
              {copy.label}
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem disabled={hours.length === 0} onSelect={() => onChange([])}>
            <Eraser aria-hidden />
            {t('clear')}
          </MenuItem>
        </Menu>
      )}
    </div>
  );
}
