'use client';

import type { Person, PersonId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import type { Column } from '@/components/ui/table';

/** Who of a list is chosen, and the column to choose them with. @param rows all that are loaded */
export function useChosen(rows: readonly Person[]) {
  const t = useTranslations('bulk');
  const [chosen, setChosen] = useState<ReadonlySet<PersonId>>(new Set());
  const clear = useCallback(() => setChosen(new Set()), []);
  const choose = useMemo<Column<Person>>(
    () => ({
      id: 'choose',
      header: (
        <input
          type="checkbox"
          aria-label={t('selectAll')}
          checked={chosen.size > 0 && chosen.size === rows.length}
          className={boxClasses}
          onChange={({ target }) => setChosen(new Set(target.checked ? rows.map(({ id }) => id) : []))}
        />
      ),
      className: 'w-11 pr-0',
      cell: (person) => (
        <input
          type="checkbox"
          aria-label={t('select', { name: person.name })}
          checked={chosen.has(person.id)}
          className={boxClasses}
          onChange={() =>
            setChosen((before) => {
              const next = new Set(before);
              if (!next.delete(person.id)) next.add(person.id);
              return next;
            })
          }
        />
      ),
    }),
    [t, chosen, rows],
  );
  return { chosen, clear, choose };
}

const boxClasses = 'block size-4 accent-(--accent)';
