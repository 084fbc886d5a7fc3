'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Split } from '@/components/ui/split';
import { useToaster } from '@/components/ui/toast';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { useMay } from '../auth/use-may';
import type { DocumentKind, Kept } from './access-api';
import { SaveBar } from './save-bar';
import { useDocuments, useRemoveDocument, useSaveDocument } from './use-documents';
import { NEW, useDrafts } from './use-drafts';
import { useSiteName } from './use-places';

/** What a page of one kind of document says and does. */
export interface DocumentsPageProps<D extends Kept, R extends { readonly name: string }> {
  readonly kind: DocumentKind<D, R>;
  readonly words: {
    readonly title: string;
    readonly add: string;
    readonly empty: string;
    readonly emptyHint: string;
    readonly saved: (name: string) => string;
    readonly deleted: (name: string) => string;
    readonly deleteTitle: (name: string) => string;
    readonly deleteHint: string;
  };
  readonly icon: ReactNode;
  /** What of a document is edited. */
  readonly draftOf: (document: D) => R;
  readonly emptyDraft: () => R;
  /** Whether a draft can be saved, beside that it has a name. */
  readonly isValid?: (draft: R) => boolean;
  readonly noteOf?: (document: D) => string;
  readonly form: (props: FormProps<D, R>) => ReactNode;
}

/** What an editor of a draft gets. */
export interface FormProps<D, R> {
  /** What the draft is a change of; null for a new one. */
  readonly document: D | null;
  readonly draft: R;
  readonly onChange: (draft: R) => void;
  readonly readOnly: boolean;
}

/** All documents of a kind, each with its editor; which one is shown is in the address. */
export function DocumentsPage<D extends Kept, R extends { readonly name: string }>(
  props: DocumentsPageProps<D, R>,
) {
  const { kind, words } = props;
  const may = useMay();
  const siteName = useSiteName();
  const [url, changeUrl] = useUrlState();
  const documents = useDocuments(kind);
  const drafts = useDrafts<R>();
  const items = documents.data ?? [];
  const id = url.get('id');
  const document = items.find((item) => item.id === id) ?? null;
  const select = (next: string | null) => changeUrl({ id: next ?? undefined });
  const canAdd = may('access:write');

  if (documents.isError && !documents.data)
    return <ErrorNotice error={documents.error} onRetry={() => void documents.refetch()} />;
  return (
    <Split
      label={words.title}
      items={items.map((item) => ({
        id: item.id,
        name: item.name,
        note: props.noteOf?.(item) ?? siteName(item.siteId),
        isDraft: drafts.get(item.id) !== undefined,
      }))}
      pending={documents.isPending}
      selected={document ? document.id : id === NEW ? NEW : null}
      onSelect={select}
      add={canAdd ? { label: words.add, onAdd: () => select(NEW) } : undefined}
    >
      {document || (id === NEW && canAdd) ? (
        <DocumentEditor
          {...props}
          key={id}
          document={document}
          draft={drafts.get(id ?? NEW)}
          onDraft={(draft) => drafts.set(id ?? NEW, draft)}
          onDone={(next) => {
            drafts.drop(id ?? NEW);
            if (next !== id) changeUrl({ id: next ?? undefined }, 'replace');
          }}
        />
      ) : (
        documents.isSuccess && (
          <Notice icon={props.icon} title={items.length === 0 ? words.empty : words.title} className="flex-1">
            {words.emptyHint}
          </Notice>
        )
      )}
    </Split>
  );
}

interface EditorProps<D extends Kept, R extends { readonly name: string }> extends DocumentsPageProps<D, R> {
  readonly document: D | null;
  /** Undefined: nothing has been changed. */
  readonly draft: R | undefined;
  readonly onDraft: (draft: R) => void;
  /** Called with what to show next; null: nothing. */
  readonly onDone: (id: string | null) => void;
}

function DocumentEditor<D extends Kept, R extends { readonly name: string }>(props: EditorProps<D, R>) {
  const { kind, words, document, onDone } = props;
  const t = useTranslations('access');
  const may = useMay();
  const toaster = useToaster();
  const save = useSaveDocument(kind);
  const remove = useRemoveDocument(kind);
  const draft = props.draft ?? (document ? props.draftOf(document) : props.emptyDraft());
  const readOnly = !may('access:write', document?.siteId);
  return (
    <section aria-label={document?.name ?? words.add} className="flex min-h-full flex-col">
      <div className="grid max-w-4xl gap-6 p-4 md:p-6">
        {readOnly && <p className="text-xs text-ink-faint">{t('readOnly')}</p>}
        {props.form({ document, draft, onChange: props.onDraft, readOnly })}
      </div>
      {!readOnly && (
        <SaveBar
          isChanged={props.draft !== undefined || document === null}
          isValid={draft.name.trim() !== '' && (props.isValid?.(draft) ?? true)}
          pending={save.isPending}
          error={save.error ?? remove.error}
          onSave={() =>
            save.mutate(
              { id: document?.id ?? null, body: draft },
              {
                onSuccess: (kept) => {
                  toaster.done(words.saved(kept.name), t('doorsLearn'));
                  onDone(kept.id);
                },
              },
            )
          }
          onDiscard={() => onDone(document?.id ?? null)}
          remove={
            document
              ? {
                  title: words.deleteTitle(document.name),
                  description: words.deleteHint,
                  pending: remove.isPending,
                  onRemove: () =>
                    remove.mutate(document.id, {
                      onSuccess: () => {
                        toaster.done(words.deleted(document.name));
                        onDone(null);
                      },
                    }),
                }
              : undefined
          }
        />
      )}
    </section>
  );
}
