'use client';

import { auditReasonSchema } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Refusal } from '@/components/ui/refusal';
import { Textarea } from '@/components/ui/textarea';

interface ReasonDialogProps {
  readonly title: string;
  readonly description: ReactNode;
  readonly confirmLabel: string;
  readonly danger?: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  /** More that is to be said, over the reason. */
  readonly children?: ReactNode;
  /** False: what is said in `children` is not enough yet. */
  readonly isValid?: boolean;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks for the reason of something that is accounted for, before it is done. */
export function ReasonDialog(props: ReasonDialogProps) {
  const t = useTranslations('access');
  const common = useTranslations('common');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const isReason = auditReasonSchema.safeParse(reason).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isReason && props.isValid !== false) props.onConfirm(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={props.title}
      description={props.description}
    >
      <form noValidate onSubmit={submit}>
        <div className="grid gap-4 px-5 pt-1 pb-5">
          {props.children}
          <Field
            label={t('reason')}
            hint={t('reasonHint')}
            error={tried && !isReason ? t('reasonMissing') : undefined}
          >
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
          <Refusal error={props.error} />
        </div>
        <DialogFooter>
          <Button onClick={props.onClose}>{common('cancel')}</Button>
          <Button
            type="submit"
            variant={props.danger ? 'danger' : 'primary'}
            pending={props.pending}
            disabled={props.isValid === false}
          >
            {props.confirmLabel}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
