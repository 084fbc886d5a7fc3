'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button';
import { Dialog, DialogFooter } from './dialog';
import { Refusal } from './refusal';

interface FormDialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly submitLabel: string;
  /** What sends the form: the dialog shows that it runs, and why it was refused. */
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** For forms with more than a few fields. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A dialog that is a form: its fields scroll, its buttons stay; Enter sends it. */
export function FormDialog(props: FormDialogProps) {
  const common = useTranslations('common');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={props.title}
      description={props.description}
      className={props.wide ? 'sm:w-[36rem]' : ''}
    >
      <form
        noValidate
        className="contents"
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <div className="grid min-h-0 gap-5 overflow-y-auto px-5 pt-1 pb-5">
          {props.children}
          <Refusal error={props.action.error} />
        </div>
        <DialogFooter>
          <Button onClick={props.onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={props.action.isPending}>
            {props.submitLabel}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
