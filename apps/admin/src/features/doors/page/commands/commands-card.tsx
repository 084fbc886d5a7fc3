'use client';

import type { Door, DoorCommandRecord } from '@munjigi/contracts';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { useMay } from '../../../auth/use-may';
import { diagnosticsUrl } from './commands-api';
import { TellMenu } from './tell-menu';
import { useDoorCommands } from './use-door-commands';

const SHOWN = 10;
const TONES = {
  asked: 'plain',
  accepted: 'accent',
  done: 'granted',
  expired: 'caution',
  refused: 'caution',
  failed: 'denied',
} as const;

/** The last commands of a door and what has become of them, and a way to give it one. */
export function CommandsCard({ door }: { readonly door: Door }) {
  const t = useTranslations('doorCommands');
  const commands = useDoorCommands(door);
  return (
    <Card title={t('title')} action={<TellMenu door={door} />}>
      <div className="px-3.5 py-2.5 empty:hidden">
        {commands.isPending && <Skeleton className="h-5 w-2/3" />}
        <Refusal error={commands.error} />
        {commands.data?.items.length === 0 && <p className="text-ink-muted">{t('none')}</p>}
      </div>
      <ul className="divide-y">
        {(commands.data?.items ?? []).slice(0, SHOWN).map((command) => (
          <CommandRow key={command.id} door={door} command={command} />
        ))}
      </ul>
    </Card>
  );
}

interface CommandRowProps {
  readonly door: Door;
  readonly command: DoorCommandRecord;
}

function CommandRow({ door, command }: CommandRowProps) {
  const t = useTranslations('doorCommands');
  const formats = useFormats();
  const may = useMay();
  const { state, refusal } = command;
  return (
    <li className="grid gap-0.5 px-3.5 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 truncate">{t(`kind.${command.command.kind}`)}</span>
        {command.hasDiagnostics && may('doors:write', door.site.id) && (
          <Button asChild variant="ghost" size="sm">
            <a href={diagnosticsUrl(command)} download>
              <Download aria-hidden />
              {t('download')}
            </a>
          </Button>
        )}
        <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
      </div>
      {refusal && <p className="text-xs text-ink-muted">{t(`refusal.${refusal}`)}</p>}
      {command.detail && <p className="text-xs break-words text-ink-muted">{command.detail}</p>}
      <p className="truncate text-xs text-ink-faint" title={command.reason}>
        <time dateTime={command.askedAt} title={formats.full(command.askedAt)} className="tabular-nums">
          {formats.dateTime(command.askedAt)}
        </time>
        {` · ${command.askedBy} · ${command.reason}`}
      </p>
    </li>
  );
}
