'use client';

import type { ImportMapping } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Labelled } from '@/components/ui/labelled';
import { Select } from '@/components/ui/select';

interface ColumnsFieldsProps {
  readonly columns: readonly string[];
  readonly mapping: Partial<ImportMapping>;
  readonly onChange: (mapping: Partial<ImportMapping>) => void;
}

const FIELDS = [
  'name',
  'employeeNumber',
  'department',
  'email',
  'phone',
  'validFrom',
  'validUntil',
  'groups',
  'photos',
] as const;

/** The list's own value for none; columns begin with another letter. */
const NONE = '-';
const COLUMN = '=';

/** Says which column holds what. */
export function ColumnsFields({ columns, mapping, onChange }: ColumnsFieldsProps) {
  const t = useTranslations('imports');
  const named = [...new Set(columns)].filter((column) => column !== '');
  return (
    <div className="grid gap-4 p-4 sm:grid-cols-3">
      {FIELDS.map((field) => {
        const label = t(`field.${field}`);
        const column = mapping[field];
        return (
          <Labelled
            key={field}
            label={label}
            error={field === 'name' && column === undefined ? t('nameMissing') : undefined}
          >
            <Select
              label={label}
              value={column === undefined ? NONE : COLUMN + column}
              onChange={(value) =>
                onChange({ ...mapping, [field]: value === NONE ? undefined : value.slice(COLUMN.length) })
              }
              options={[
                { value: NONE, label: t('noColumn') },
                ...named.map((name) => ({ value: COLUMN + name, label: name })),
              ]}
              className="w-full"
            />
          </Labelled>
        );
      })}
    </div>
  );
}
