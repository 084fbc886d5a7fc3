'use client';

import { type Person, type PersonStatus, PERSON_STATUSES } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Refusal } from '@/components/ui/refusal';
import { Segmented } from '@/components/ui/segmented';
import { Textarea } from '@/components/ui/textarea';
import { useToaster } from '@/components/ui/toast';
import { useUpdatePerson } from './use-update-person';

/** Lets a person pass, or not, with the reason. */
export function StatusDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const t = useTranslations('person');
  const common = useTranslations('common');
  const words = useTranslations('personStatus');
  const toaster = useToaster();
  const update = useUpdatePerson(person);
  const [status, setStatus] = useState<PersonStatus>(person.status);
  const [reason, setReason] = useState(person.statusReason ?? '');
  const [tried, setTried] = useState(false);
  const isMissing = status !== 'active' && reason.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isMissing) return;
    update.mutate(
      { status, statusReason: status === 'active' ? null : reason.trim().replaceAll(/\s+/g, ' ') },
      {
        onSuccess: ({ name }) => {
          toaster.done(t('statusSaved', { name, status: words(status) }), t('doorsKnow'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('changeStatus')}>
      <form noValidate onSubmit={submit}>
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <div>
            <Segmented
              label={t('status')}
              value={status}
              onChange={setStatus}
              options={PERSON_STATUSES.map((value) => ({ value, label: words(value) }))}
            />
            <p className="mt-1.5 text-xs text-ink-faint">{t(`statusHint.${status}`)}</p>
          </div>
          {status !== 'active' && (
            <Field label={t('statusReason')} error={tried && isMissing ? t('reasonMissing') : undefined}>
              {(ids) => (
                <Textarea
                  {...ids}
                  rows={2}
                  maxLength={500}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          )}
          <Refusal error={update.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            type="submit"
            variant={status === 'active' ? 'primary' : 'danger'}
            pending={update.isPending}
          >
            {t('save')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
