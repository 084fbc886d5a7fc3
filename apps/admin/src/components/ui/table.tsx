'use client';

import { type Row, type Table as TableModel, flexRender } from '@tanstack/react-table';
import { cn } from '@/lib/cn';
import type { RowWindow } from '@/lib/hooks/row-window';
import { Skeleton } from './skeleton';

declare module '@tanstack/react-table' {
  // The library's own type parameters must be repeated for the declaration to merge.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData, TValue> {
    /** Classes of the column's cells: its width, and the widths of screen it is left out on. */
    readonly className?: string;
  }
}

interface DataTableProps<T> {
  readonly label: string;
  readonly table: TableModel<T>;
  /** Rows to hint at while the first page is on its way; 0 when it is here. */
  readonly placeholderRows: number;
  readonly rowProps?: (row: Row<T>) => { readonly className?: string };
  /** Where only some rows of many are given: which, and how much room the others take. */
  readonly window?: RowWindow & { readonly count: number };
}

/** A dense table. What to show when there is nothing is the page's to say. */
export function DataTable<T>({ label, table, placeholderRows, rowProps, window }: DataTableProps<T>) {
  const columns = table.getVisibleLeafColumns();
  return (
    <table
      aria-label={label}
      aria-busy={placeholderRows > 0}
      aria-rowcount={window ? window.count + 1 : undefined}
      className="w-full table-fixed border-separate border-spacing-0 text-sm"
    >
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th
                key={header.id}
                scope="col"
                className={cn(
                  'sticky top-0 z-10 h-8 border-b bg-paper px-3 text-left text-2xs font-medium text-ink-faint first:pl-4 md:first:pl-6',
                  header.column.columnDef.meta?.className,
                  'text-ink-faint',
                )}
              >
                {flexRender(header.column.columnDef.header, header.getContext())}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        <Gap heightPx={window?.abovePx ?? 0} />
        {table.getRowModel().rows.map((row, index) => (
          <tr
            key={row.id}
            data-row
            aria-rowindex={window ? window.first + index + 2 : undefined}
            className={cn('group hover:bg-hover/60', rowProps?.(row).className)}
          >
            {row.getVisibleCells().map((cell) => (
              <td key={cell.id} className={cn(cellClasses, cell.column.columnDef.meta?.className)}>
                {flexRender(cell.column.columnDef.cell, cell.getContext())}
              </td>
            ))}
          </tr>
        ))}
        <Gap heightPx={window?.belowPx ?? 0} />
        {Array.from({ length: placeholderRows }, (_, row) => (
          <tr key={`placeholder-${row}`}>
            {columns.map((column, index) => (
              <td key={column.id} className={cn(cellClasses, column.columnDef.meta?.className)}>
                <Skeleton className={cn('h-3.5', index === 0 ? 'w-3/5' : 'w-2/5')} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The room of rows that are not drawn. */
function Gap({ heightPx }: { readonly heightPx: number }) {
  return heightPx > 0 && <tr aria-hidden style={{ height: heightPx }} />;
}

const cellClasses = 'h-12 border-b px-3 py-1.5 align-middle first:pl-4 md:first:pl-6';
