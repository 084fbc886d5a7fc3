'use client';

import { type ReactNode, memo } from 'react';
import { cn } from '@/lib/cn';
import type { RowWindow } from '@/lib/hooks/row-window';
import { Skeleton } from './skeleton';

/** One column of a table of `T`. */
export interface Column<T> {
  readonly id: string;
  readonly header: ReactNode;
  /** Classes of the column's cells: its width, and the widths of screen it is left out on. */
  readonly className?: string;
  readonly cell: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  readonly label: string;
  /** The same array for as long as the columns show the same. */
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  /** Rows to hint at while the first page is on its way; 0 when it is here. */
  readonly placeholderRows: number;
  readonly rowClassName?: (row: T) => string | undefined;
  /** Where only some rows of many are given: which, and how much room the others take. */
  readonly window?: RowWindow & { readonly count: number };
}

/** A dense table; a row is drawn anew only when it or the columns change. What is shown of nothing is the page's to say. */
export function DataTable<T extends { readonly id: string }>(props: DataTableProps<T>) {
  const { label, columns, rows, placeholderRows, rowClassName, window } = props;
  return (
    <table
      aria-label={label}
      aria-busy={placeholderRows > 0}
      aria-rowcount={window ? window.count + 1 : undefined}
      className="w-full table-fixed border-separate border-spacing-0 text-sm"
    >
      <thead>
        <tr>
          {columns.map(({ id, header, className }) => (
            <th key={id} scope="col" className={cn(headerClasses, className, 'text-ink-faint')}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Gap heightPx={window?.abovePx ?? 0} />
        {rows.map((row, index) => (
          <TableRow
            key={row.id}
            row={row}
            columns={columns as readonly Column<never>[]}
            rowIndex={window && window.first + index + 2}
            className={rowClassName?.(row)}
          />
        ))}
        <Gap heightPx={window?.belowPx ?? 0} />
        {Array.from({ length: placeholderRows }, (_, row) => (
          <tr key={`placeholder-${row}`}>
            {columns.map(({ id, className }, index) => (
              <td key={id} className={cn(cellClasses, className)}>
                <Skeleton className={cn('h-3.5', index === 0 ? 'w-3/5' : 'w-2/5')} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TableRowProps {
  readonly row: unknown;
  readonly columns: readonly Column<never>[];
  /** Its place among all, for those who do not see it; the header is the first. */
  readonly rowIndex: number | undefined;
  readonly className: string | undefined;
}

const TableRow = memo(function TableRow({ row, columns, rowIndex, className }: TableRowProps) {
  return (
    <tr data-row aria-rowindex={rowIndex} className={cn('group hover:bg-hover/60', className)}>
      {columns.map((column) => (
        <td key={column.id} className={cn(cellClasses, column.className)}>
          {column.cell(row as never)}
        </td>
      ))}
    </tr>
  );
});

/** The room of rows that are not drawn. */
function Gap({ heightPx }: { readonly heightPx: number }) {
  return heightPx > 0 && <tr aria-hidden style={{ height: heightPx }} />;
}

const headerClasses =
  'sticky top-0 z-10 h-8 border-b bg-paper px-3 text-left text-2xs font-medium first:pl-4 md:first:pl-6';
const cellClasses = 'h-12 border-b px-3 py-1.5 align-middle first:pl-4 md:first:pl-6';
