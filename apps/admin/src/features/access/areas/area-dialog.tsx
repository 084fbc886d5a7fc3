'use client';

import type { AreaRequest, SiteId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { Segmented } from '@/components/ui/segmented';
import { useToaster } from '@/components/ui/toast';
import { AREAS, type KeptArea } from '../access-api';
import { NameField } from '../name-field';
import { useRemoveDocument, useSaveDocument } from '../use-documents';

interface AreaDialogProps {
  /** Null: a new one. */
  readonly area: KeptArea | null;
  readonly siteId: SiteId;
  readonly onClose: () => void;
}

const HOUR_MS = 3_600_000;
const MODES = ['off', 'soft', 'hard'] as const;

/** Makes, changes or deletes an area. */
export function AreaDialog({ area, siteId, onClose }: AreaDialogProps) {
  const t = useTranslations('areas');
  const common = useTranslations('common');
  const access = useTranslations('access');
  const toaster = useToaster();
  const save = useSaveDocument(AREAS);
  const remove = useRemoveDocument(AREAS);
  const [asking, setAsking] = useState(false);
  const [draft, setDraft] = useState<AreaRequest>(() => draftOf(area, siteId));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.name.trim() === '') return;
    save.mutate(
      { id: area?.id ?? null, body: draft },
      {
        onSuccess: ({ name }) => {
          toaster.done(t('saved', { name }), access('doorsLearn'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={area ? t('edit', { name: area.name }) : t('add')}
    >
      <form noValidate onSubmit={submit}>
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <NameField value={draft.name} readOnly={false} onChange={(name) => setDraft({ ...draft, name })} />
          <AreaFields draft={draft} onChange={setDraft} />
          <Refusal error={save.error ?? remove.error} />
        </div>
        <DialogFooter>
          {area && (
            <Button variant="ghost" className="mr-auto text-denied" onClick={() => setAsking(true)}>
              {access('delete')}
            </Button>
          )}
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            type="submit"
            variant="primary"
            pending={save.isPending}
            disabled={draft.name.trim() === ''}
          >
            {access('save')}
          </Button>
        </DialogFooter>
      </form>
      {area && (
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={t('deleteTitle', { name: area.name })}
          description={t('deleteHint')}
          confirmLabel={access('delete')}
          pending={remove.isPending}
          onConfirm={() => remove.mutate(area.id, { onSuccess: onClose, onSettled: () => setAsking(false) })}
        />
      )}
    </Dialog>
  );
}

interface AreaFieldsProps {
  readonly draft: AreaRequest;
  readonly onChange: (draft: AreaRequest) => void;
}

function AreaFields({ draft, onChange }: AreaFieldsProps) {
  const t = useTranslations('areas');
  const { antiPassback } = draft;
  const { mode, forgetAfterMs } = antiPassback;
  return (
    <>
      <Field label={t('occupancyMax')} hint={t('occupancyMaxHint')}>
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={1}
            max={1_000_000}
            value={draft.occupancyMax ?? ''}
            onChange={(event) => onChange({ ...draft, occupancyMax: wholeOf(event.target.value) })}
          />
        )}
      </Field>
      <div className="grid justify-items-start gap-1.5">
        <span className="text-sm font-medium">{t('antiPassbackTitle')}</span>
        <Segmented
          label={t('antiPassbackTitle')}
          value={mode}
          onChange={(next) => onChange({ ...draft, antiPassback: { ...antiPassback, mode: next } })}
          options={MODES.map((value) => ({ value, label: t(`antiPassback.${value}`) }))}
        />
        <p className="text-xs text-ink-faint">{t(`antiPassbackHint.${mode}`)}</p>
      </div>
      {mode !== 'off' && (
        <Field label={t('forgetAfter')} hint={t('forgetAfterHint')}>
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={1}
              max={744}
              value={forgetAfterMs === null ? '' : Math.round(forgetAfterMs / HOUR_MS)}
              onChange={(event) => {
                const hours = wholeOf(event.target.value);
                const next = hours === null ? null : Math.min(744, hours) * HOUR_MS;
                onChange({ ...draft, antiPassback: { mode, forgetAfterMs: next } });
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** A whole number from 1; null for anything else. */
function wholeOf(text: string): number | null {
  const value = Number.parseInt(text, 10);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, 1_000_000) : null;
}

function draftOf(area: KeptArea | null, siteId: SiteId): AreaRequest {
  if (!area)
    return { siteId, name: '', occupancyMax: null, antiPassback: { mode: 'off', forgetAfterMs: null } };
  const { name, occupancyMax, antiPassback } = area;
  return { siteId: area.siteId, name, occupancyMax, antiPassback };
}
