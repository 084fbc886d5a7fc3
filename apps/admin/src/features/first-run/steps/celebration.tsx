import type { AccessEvent } from '@munjigi/contracts';
import { ArrowRight, Check, KeyRound, LayoutDashboard, UserRoundPlus, UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Avatar } from '@/components/ui/avatar';
import { useFormats } from '@/lib/hooks/use-formats';

const NEXT = [
  { name: 'people', href: '/people', Icon: UsersRound },
  { name: 'access', href: '/access', Icon: KeyRound },
  { name: 'colleagues', href: '/settings/administrators', Icon: UserRoundPlus },
  { name: 'overview', href: '/overview', Icon: LayoutDashboard },
] as const;

/** The door has opened: who came, when, and where to go from here. @param props.event null where it may not be seen */
export function Celebration({ event }: { readonly event: AccessEvent | null }) {
  const t = useTranslations('firstRun');
  const formats = useFormats();
  return (
    <>
      <div
        role="status"
        className="flex animate-in items-center gap-4 rounded-xl border border-granted bg-granted-soft p-4 duration-700 fade-in slide-in-from-bottom-2"
      >
        <span className="relative shrink-0">
          <Avatar
            name={event?.person?.name ?? null}
            src={event?.person?.portraitUrl ?? null}
            className="size-14 text-base"
          />
          <span
            aria-hidden
            className="absolute -right-1 -bottom-1 grid size-6 place-items-center rounded-full bg-granted text-paper ring-2 ring-granted-soft"
          >
            <Check className="size-3.5" strokeWidth={3} />
          </span>
        </span>
        <div className="min-w-0">
          {event && (
            <p className="text-base font-semibold">
              {t('passage.done', { name: event.person?.name ?? t('passage.someone'), door: event.door.name })}
            </p>
          )}
          <p className="text-ink-muted">{t('passage.doneHint')}</p>
          {event && (
            <time dateTime={event.occurredAt} className="text-xs text-ink-muted tabular-nums">
              {formats.full(event.occurredAt)}
            </time>
          )}
        </div>
      </div>
      <h3 className="mt-3 font-semibold">{t('afterwards.title')}</h3>
      <ul className="grid gap-2 sm:grid-cols-2">
        {NEXT.map(({ name, href, Icon }) => (
          <li key={name}>
            <Link
              href={href}
              className="group flex h-full items-center gap-3 rounded-xl border bg-surface p-3 shadow-low hover:border-line-strong hover:bg-hover/50"
            >
              <Icon aria-hidden className="size-4.5 shrink-0 text-accent" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{t(`afterwards.${name}`)}</span>
                <span className="block text-xs text-ink-muted">{t(`afterwards.${name}Hint`)}</span>
              </span>
              <ArrowRight
                aria-hidden
                className="size-4 text-ink-faint transition-transform group-hover:translate-x-0.5"
              />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
