'use client';

import type { ReactNode } from 'react';
import { ErrorNotice } from './error-notice';
import { Notice } from './notice';
import { type Column, DataTable } from './table';

interface ListPageProps<T extends { readonly id: string }> {
  readonly title: string;
  readonly hint: string;
  /** What can be done with the list. */
  readonly action?: ReactNode;
  readonly columns: readonly Column<T>[];
  readonly query: {
    readonly data: readonly T[] | undefined;
    readonly error: unknown;
    readonly isError: boolean;
    readonly isPending: boolean;
    readonly refetch: () => unknown;
  };
  /** What to show when the list is empty. */
  readonly empty: { readonly icon: ReactNode; readonly title: string; readonly hint: string };
  readonly children?: ReactNode;
}

/** A page that is a list: its name, what it is for, and the rows. */
export function ListPage<T extends { readonly id: string }>(props: ListPageProps<T>) {
  const { title, hint, action, columns, query, empty } = props;
  const hasFailed = query.isError && !query.data;
  const isEmpty = query.data?.length === 0;
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-4 md:px-6">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-base font-semibold tracking-tight">{title}</h2>
          <p className="mt-0.5 text-sm text-ink-muted">{hint}</p>
        </div>
        {action}
      </header>
      {hasFailed && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {isEmpty && (
        <Notice icon={empty.icon} title={empty.title}>
          {empty.hint}
        </Notice>
      )}
      {!hasFailed && !isEmpty && (
        <DataTable
          label={title}
          columns={columns}
          rows={query.data ?? NOTHING}
          placeholderRows={query.isPending ? 5 : 0}
        />
      )}
      {props.children}
    </>
  );
}

const NOTHING: never[] = [];
