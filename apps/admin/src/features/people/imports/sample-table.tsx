'use client';

import type { ImportTable } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';

/** The first rows of the table as they were read. */
export function SampleTable({ table: { columns, sample } }: { readonly table: ImportTable }) {
  const t = useTranslations('imports');
  return (
    <div
      role="region"
      aria-label={t('sample')}
      tabIndex={0}
      className="overflow-x-auto border-t focus-visible:-outline-offset-2"
    >
      <table aria-label={t('sample')} className="w-full text-xs">
        <thead>
          <tr>
            {columns.map((column, index) => (
              // Two columns of a table may have the same name.
              <th
                key={index}
                scope="col"
                className="border-b px-3 py-1.5 text-left font-medium whitespace-nowrap text-ink-faint"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.slice(0, 5).map((row, place) => (
            <tr key={place}>
              {row.map((cell, index) => (
                <td key={index} className="max-w-48 truncate px-3 py-1.5 whitespace-nowrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
