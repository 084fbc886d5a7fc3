import type { Door } from '@munjigi/contracts';
import {
  Lock,
  LockOpen,
  type LucideIcon,
  ShieldAlert,
  Siren,
  Timer,
  TriangleAlert,
  WifiOff,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';
import { type DoorGroup, groupOf, needsAttention } from '../page/door-groups';

const LOOKS: Readonly<Record<DoorGroup, { readonly Icon: LucideIcon; readonly colour: string }>> = {
  offline: { Icon: WifiOff, colour: 'bg-caution text-paper' },
  forced: { Icon: Siren, colour: 'bg-denied text-paper' },
  held: { Icon: Timer, colour: 'bg-denied text-paper' },
  fault: { Icon: TriangleAlert, colour: 'bg-caution text-paper' },
  lockdown: { Icon: ShieldAlert, colour: 'bg-ink text-paper' },
  unlocked: { Icon: LockOpen, colour: 'bg-granted text-paper' },
  locked: { Icon: Lock, colour: 'bg-raised text-ink' },
};

/** How a door stands, as a sign and in words: round while all is well, square when somebody should look. */
export function DoorMarker({ door, isHeld = false }: { readonly door: Door; readonly isHeld?: boolean }) {
  const t = useTranslations('doors');
  const group = groupOf(door);
  const { Icon, colour } = LOOKS[group];
  return (
    <span className="flex flex-col items-center gap-1">
      <span
        data-state={group}
        className={cn(
          'grid size-8 place-items-center border border-paper shadow-float transition-transform',
          needsAttention(door) ? 'rounded-md' : 'rounded-full',
          isHeld && 'scale-115',
          colour,
        )}
      >
        <Icon aria-hidden className="size-4" strokeWidth={2.2} />
      </span>
      <span className="max-w-32 rounded-sm border bg-raised px-1.5 py-px text-center text-2xs leading-4 text-ink shadow-low">
        <span className="block truncate font-semibold">{door.name}</span>
        <span className="block truncate">{t(`view.${group}`)}</span>
      </span>
    </span>
  );
}
