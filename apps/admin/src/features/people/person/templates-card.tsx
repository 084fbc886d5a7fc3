'use client';

import type { Person, Template } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { Camera, ImagePlus, QrCode, ScanFace, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Notice } from '@/components/ui/notice';
import { useToaster } from '@/components/ui/toast';
import { cn } from '@/lib/cn';
import { useFormats } from '@/lib/hooks/use-formats';
import { useMay } from '../../auth/use-may';
import { useRefreshPeople } from '../use-people';
import { personApi } from './person-api';

interface TemplatesCardProps {
  readonly person: Person;
  readonly onAdd: () => void;
  readonly onCamera: () => void;
  readonly onInvite: () => void;
}

/** The templates that doors know a person by, each with its origin and quality. */
export function TemplatesCard({ person, onAdd, onCamera, onInvite }: TemplatesCardProps) {
  const t = useTranslations('person');
  const may = useMay();
  const toaster = useToaster();
  const refresh = useRefreshPeople();
  const [removed, setRemoved] = useState<Template | null>(null);
  const remove = useMutation({
    mutationFn: ({ id }: Template) => personApi.removeTemplate(person.id, id),
    onSuccess: () => {
      toaster.done(t('templateRemoved'));
      return refresh();
    },
    onError: toaster.failed,
    onSettled: () => setRemoved(null),
  });
  const mayEnrol = may('enrolment:write', person.siteId);
  const add = (
    <span className="flex flex-wrap gap-1.5">
      <Button size="sm" onClick={onAdd}>
        <ImagePlus aria-hidden />
        {t('addPhoto')}
      </Button>
      <Button size="sm" onClick={onCamera}>
        <Camera aria-hidden />
        {t('useCamera')}
      </Button>
      <Button size="sm" onClick={onInvite}>
        <QrCode aria-hidden />
        {t('invite')}
      </Button>
    </span>
  );
  return (
    <Card title={t('templates')} action={mayEnrol && person.templates.length > 0 && add}>
      {person.templates.length === 0 && (
        <Notice icon={<ScanFace />} title={t('noTemplates')} className="py-8" action={mayEnrol && add}>
          {t('noTemplatesHint')}
        </Notice>
      )}
      <ul className="divide-y">
        {person.templates.map((template) => (
          <TemplateRow
            key={template.id}
            template={template}
            onRemove={mayEnrol ? () => setRemoved(template) : undefined}
          />
        ))}
      </ul>
      <ConfirmDialog
        open={removed !== null}
        onOpenChange={(open) => !open && setRemoved(null)}
        title={t('removeTemplateTitle')}
        description={t('removeTemplateHint')}
        confirmLabel={t('removeTemplate')}
        pending={remove.isPending}
        onConfirm={() => removed && remove.mutate(removed)}
      />
    </Card>
  );
}

interface TemplateRowProps {
  readonly template: Template;
  readonly onRemove: (() => void) | undefined;
}

function TemplateRow({ template, onRemove }: TemplateRowProps) {
  const t = useTranslations('person');
  const formats = useFormats();
  const score = template.quality?.unifiedQualityScore;
  return (
    <li className="flex items-center gap-3 px-3.5 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {t(`origin.${template.origin}`)}
          {template.best && <Badge tone="accent">{t('best')}</Badge>}
        </p>
        <p className="truncate text-xs text-ink-faint">
          {formats.dateTime(template.createdAt)} · {template.modelId}
        </p>
      </div>
      <div className="w-24 shrink-0 text-right">
        <p className="text-xs text-ink-muted tabular-nums">
          {score === undefined ? t('qualityUnknown') : t('quality', { score })}
        </p>
        {score !== undefined && (
          <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-full bg-hover">
            <span
              className={cn('block h-full rounded-full', score >= 50 ? 'bg-granted' : 'bg-caution')}
              style={{ width: `${score}%` }}
            />
          </span>
        )}
      </div>
      {onRemove && (
        <Button variant="ghost" size="iconSm" aria-label={t('removeTemplate')} onClick={onRemove}>
          <Trash2 aria-hidden />
        </Button>
      )}
    </li>
  );
}
