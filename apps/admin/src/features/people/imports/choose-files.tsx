'use client';

import { useMutation } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useId, useState } from 'react';
import { Refusal } from '@/components/ui/refusal';
import { cn } from '@/lib/cn';
import { importsApi } from './imports-api';

/** Takes the files of an import, by choosing or dropping them, and uploads them. */
export function ChooseFiles({ onUploaded }: { readonly onUploaded: (id: string) => void }) {
  const t = useTranslations('imports');
  const input = useId();
  const [isOver, setIsOver] = useState(false);
  const upload = useMutation({
    mutationFn: importsApi.upload,
    onSuccess: ({ id }) => onUploaded(id),
  });
  const take = (files: FileList | null) => {
    if (files && files.length > 0 && !upload.isPending) upload.mutate([...files]);
  };
  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setIsOver(over);
  };
  return (
    <div className="grid gap-4">
      <label
        htmlFor={input}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          take(event.dataTransfer.files);
        }}
        className={cn(
          'grid cursor-pointer justify-items-center gap-2 rounded-xl border border-dashed border-line-strong bg-surface px-6 py-14 text-center focus-within:outline-2 focus-within:outline-accent hover:bg-hover/60',
          isOver && 'border-accent bg-accent-soft',
        )}
      >
        <FileSpreadsheet aria-hidden className="size-7 text-ink-faint" />
        <span className="text-sm font-semibold">{t('chooseTitle')}</span>
        <span className="max-w-md text-sm text-balance text-ink-muted">{t('chooseHint')}</span>
        <span role="status" className="text-sm font-medium text-accent">
          {upload.isPending ? t('uploading') : t('choose')}
        </span>
        <input
          id={input}
          type="file"
          multiple
          accept=".csv,.txt,.tsv,.zip,image/jpeg,image/png,image/webp"
          disabled={upload.isPending}
          className="sr-only"
          onChange={(event) => {
            take(event.target.files);
            // The same files can be chosen again after they were mended.
            event.target.value = '';
          }}
        />
      </label>
      <Refusal error={upload.error} />
    </div>
  );
}
