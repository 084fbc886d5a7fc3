'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Refusal } from '@/components/ui/refusal';

interface SaveBarProps {
  readonly isChanged: boolean;
  readonly isValid: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** What to delete; undefined where there is nothing to. */
  readonly remove?:
    | {
        readonly title: string;
        readonly description: string;
        readonly pending: boolean;
        readonly onRemove: () => void;
      }
    | undefined;
}

/** Saves or discards a draft, at the foot of its form; deletes what it is a draft of. */
export function SaveBar({ isChanged, isValid, pending, error, onSave, onDiscard, remove }: SaveBarProps) {
  const t = useTranslations('access');
  const [asking, setAsking] = useState(false);
  return (
    <footer className="sticky bottom-0 z-20 mt-auto grid gap-2 border-t bg-paper px-4 py-3 md:px-6">
      <Refusal error={error} />
      <div className="flex items-center gap-2">
        {remove && (
          <Button variant="ghost" className="text-denied" onClick={() => setAsking(true)}>
            <Trash2 aria-hidden />
            {t('delete')}
          </Button>
        )}
        <span className="flex-1" />
        {isChanged && <Button onClick={onDiscard}>{t('discard')}</Button>}
        <Button variant="primary" disabled={!isChanged || !isValid} pending={pending} onClick={onSave}>
          {t('save')}
        </Button>
      </div>
      {remove && (
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={remove.title}
          description={remove.description}
          confirmLabel={t('delete')}
          pending={remove.pending}
          onConfirm={() => {
            remove.onRemove();
            setAsking(false);
          }}
        />
      )}
    </footer>
  );
}
