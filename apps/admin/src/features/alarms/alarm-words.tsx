import type { Alarm, AlarmKind, AlarmSeverity, AlarmState } from '@munjigi/contracts';
import {
  BellRing,
  CameraOff,
  ClockAlert,
  DatabaseZap,
  DoorOpen,
  Eye,
  CircleCheck,
  HardDrive,
  type LucideIcon,
  ShieldAlert,
  Siren,
  TriangleAlert,
  Unplug,
  UserRoundX,
  Webhook,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/lib/cn';

const ICONS: Record<AlarmKind, LucideIcon> = {
  'door-forced': Siren,
  'door-held-open': DoorOpen,
  tamper: ShieldAlert,
  'camera-fault': CameraOff,
  'hardware-fault': TriangleAlert,
  'agent-offline': Unplug,
  'disk-low': HardDrive,
  'state-drift': DatabaseZap,
  'clock-stepped': ClockAlert,
  'denied-repeatedly': UserRoundX,
  'webhook-failing': Webhook,
};

const TILES: Record<AlarmSeverity, string> = {
  critical: 'bg-denied text-paper',
  high: 'bg-denied-soft text-denied',
  medium: 'bg-caution-soft text-caution',
  low: 'bg-sunken text-ink-muted ring-1 ring-line ring-inset',
};

/** What an alarm is about, as a picture in its severity's colour. Decoration: the words stand beside it. */
export function AlarmIcon({
  alarm,
  className,
}: {
  readonly alarm: Pick<Alarm, 'kind' | 'severity' | 'state'>;
  readonly className?: string;
}) {
  const Icon = ICONS[alarm.kind];
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-8 shrink-0 place-items-center rounded-lg',
        alarm.state === 'resolved' ? TILES.low : TILES[alarm.severity],
        className,
      )}
    >
      <Icon className="size-4" />
    </span>
  );
}

const SEVERITY_TONES = { critical: 'denied', high: 'denied', medium: 'caution', low: 'plain' } as const;

/** How bad an alarm may be, in a word. */
export function SeverityBadge({ severity }: { readonly severity: AlarmSeverity }) {
  const t = useTranslations('alarmSeverity');
  return <Badge tone={SEVERITY_TONES[severity]}>{t(severity)}</Badge>;
}

/** How an alarm stands, in icon and word. */
export function AlarmStateBadge({ state }: { readonly state: AlarmState }) {
  const t = useTranslations('alarmState');
  const Icon = { raised: BellRing, acknowledged: Eye, resolved: CircleCheck }[state];
  const tone = { raised: 'denied', acknowledged: 'accent', resolved: 'plain' } as const;
  return (
    <Badge tone={tone[state]}>
      <Icon aria-hidden />
      {t(state)}
    </Badge>
  );
}

/** Where an alarm is: its door, else its site, else the whole organisation; a name that is gone is said to be. */
export function useAlarmPlace(): (alarm: Pick<Alarm, 'door' | 'site'>) => string {
  const t = useTranslations('alarms');
  return ({ door, site }) => {
    if (door) return door.name || t('goneDoor');
    return site?.name || t('organisation');
  };
}

/** What an alarm has to say beside its kind, in words; null when nothing. */
export function useAlarmDetail(): (alarm: Alarm) => string | null {
  const t = useTranslations('alarms');
  return ({ kind, details }) => {
    if ((kind === 'camera-fault' || kind === 'hardware-fault') && typeof details.fault === 'string')
      return details.fault;
    if (kind === 'tamper' && typeof details.source === 'string') return details.source;
    if (kind === 'door-held-open' && typeof details.openMs === 'number')
      return t('openFor', { count: Math.round(details.openMs / 1000) });
    if (kind === 'disk-low' && typeof details.freeBytes === 'number')
      return t(details.level === 'full' ? 'diskFull' : 'diskLow', {
        mebibytes: Math.floor(details.freeBytes / 1024 ** 2),
      });
    if (kind === 'clock-stepped' && typeof details.byMs === 'number')
      return t('clockStepped', { count: Math.round(details.byMs / 1000) });
    if (kind === 'denied-repeatedly' && typeof details.denials === 'number')
      return t('denials', { count: details.denials });
    return null;
  };
}
