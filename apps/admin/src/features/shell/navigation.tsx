'use client';

import type { Permission } from '@munjigi/contracts';
import {
  Activity,
  BellRing,
  ChartColumn,
  DoorClosed,
  Ellipsis,
  HardDrive,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  ScanFace,
  ScrollText,
  Settings,
  UsersRound,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { Menu, MenuItem } from '@/components/ui/menu';
import { cn } from '@/lib/cn';
import { useWaitingAlarms, WAITING_MAX } from '../alarms/use-alarms';
import { useMay } from '../auth/use-may';

interface ConsolePage {
  readonly name: string;
  readonly path: string;
  /** The key that follows `g` to go there. */
  readonly key: string;
  /** Shown to those who have one of these; when there is none, to everybody. */
  readonly permissions: readonly Permission[];
  readonly Icon: LucideIcon;
}

/** The console's pages, in the order of their links; a phone's foot has room for the first four. */
export const PAGES = [
  {
    name: 'overview',
    path: '/overview',
    key: 'o',
    permissions: ['doors:read'],
    Icon: LayoutDashboard,
  },
  { name: 'live', path: '/live', key: 'l', permissions: ['doors:read'], Icon: ScanFace },
  { name: 'events', path: '/events', key: 'e', permissions: ['events:read'], Icon: Activity },
  { name: 'alarms', path: '/alarms', key: 'a', permissions: ['alarms:read'], Icon: BellRing },
  { name: 'people', path: '/people', key: 'p', permissions: ['people:read'], Icon: UsersRound },
  { name: 'doors', path: '/doors', key: 'd', permissions: ['doors:read'], Icon: DoorClosed },
  { name: 'devices', path: '/devices', key: 'v', permissions: ['doors:read'], Icon: HardDrive },
  { name: 'access', path: '/access', key: 'c', permissions: ['access:read'], Icon: KeyRound },
  { name: 'reports', path: '/reports', key: 'r', permissions: ['reports:read'], Icon: ChartColumn },
  { name: 'audit', path: '/audit', key: 'u', permissions: ['audit:read'], Icon: ScrollText },
  { name: 'settings', path: '/settings', key: 's', permissions: [], Icon: Settings },
] as const satisfies readonly ConsolePage[];

export type PageName = (typeof PAGES)[number]['name'];

/** The pages that the signed-in administrator may see. */
export function usePages(): readonly (typeof PAGES)[number][] {
  const may = useMay();
  return useMemo(
    () =>
      PAGES.filter((page) => {
        const permissions: readonly Permission[] = page.permissions;
        return permissions.length === 0 || permissions.some((permission) => may(permission));
      }),
    [may],
  );
}

const FOOT_LINKS_MAX = 4;

/** Links to the pages: a column at the side, or a bar at a phone's foot. */
export function Navigation({ placement }: { readonly placement: 'side' | 'foot' }) {
  const t = useTranslations('nav');
  const pages = usePages();
  if (placement === 'side') {
    return (
      <nav aria-label={t('label')} className="grid gap-0.5">
        {pages.map((page) => (
          <SideLink key={page.name} page={page} />
        ))}
      </nav>
    );
  }
  return (
    <nav
      aria-label={t('label')}
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur md:hidden"
    >
      {pages.slice(0, FOOT_LINKS_MAX).map((page) => (
        <FootLink key={page.name} page={page} />
      ))}
      {pages.length > FOOT_LINKS_MAX && <FootMenu pages={pages.slice(FOOT_LINKS_MAX)} />}
    </nav>
  );
}

interface LinkProps {
  readonly page: (typeof PAGES)[number];
}

function SideLink({ page: { name, path, key, Icon } }: LinkProps) {
  const t = useTranslations('nav');
  const current = usePathname().startsWith(path);
  return (
    <Link
      href={path}
      aria-current={current ? 'page' : undefined}
      aria-keyshortcuts={`g ${key}`}
      title={t(name)}
      className={cn(
        'group relative flex h-8 items-center justify-center gap-2.5 rounded-md px-2 text-sm font-medium transition-colors hover:bg-hover lg:justify-start',
        current ? 'bg-hover text-ink' : 'text-ink-muted',
      )}
    >
      <Icon aria-hidden className={cn('size-4', current && 'text-accent')} strokeWidth={1.9} />
      <span className="sr-only flex-1 lg:not-sr-only">{t(name)}</span>
      <span
        aria-hidden
        className="hidden gap-0.5 opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 lg:flex"
      >
        <Kbd>G</Kbd>
        <Kbd>{key.toUpperCase()}</Kbd>
      </span>
      {name === 'alarms' && <AlarmCount className="absolute -top-0.5 right-0.5 lg:static" />}
    </Link>
  );
}

const footClasses =
  'relative flex h-14 flex-col items-center justify-center gap-1 text-2xs font-medium transition-colors';

function FootLink({ page: { name, path, Icon } }: LinkProps) {
  const t = useTranslations('nav');
  const current = usePathname().startsWith(path);
  return (
    <Link
      href={path}
      aria-current={current ? 'page' : undefined}
      className={cn(footClasses, current ? 'text-accent' : 'text-ink-muted')}
    >
      <Icon aria-hidden className="size-5" strokeWidth={1.9} />
      <span>{t(name)}</span>
      {name === 'alarms' && <AlarmCount className="absolute top-1.5 left-[calc(50%+0.375rem)]" />}
    </Link>
  );
}

/** The pages that a phone's foot has no room for. */
function FootMenu({ pages }: { readonly pages: readonly (typeof PAGES)[number][] }) {
  const t = useTranslations('nav');
  const router = useRouter();
  const pathname = usePathname();
  const current = pages.some(({ path }) => pathname.startsWith(path));
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className={cn(footClasses, current ? 'text-accent' : 'text-ink-muted')}>
          <Ellipsis aria-hidden className="size-5" />
          {t('more')}
        </button>
      }
    >
      {pages.map(({ name, path, Icon }) => (
        <MenuItem
          key={name}
          className="h-11"
          aria-current={pathname.startsWith(path) ? 'page' : undefined}
          onSelect={() => router.push(path)}
        >
          <Icon aria-hidden />
          {t(name)}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** How many alarms nobody has seen to; nothing when there are none. */
function AlarmCount({ className }: { readonly className: string }) {
  const t = useTranslations('alarms');
  const count = useWaitingAlarms().length;
  if (count === 0) return null;
  return (
    <span
      className={cn(
        'grid h-4 min-w-4 place-items-center rounded-full bg-denied px-1 text-2xs leading-none font-semibold text-paper tabular-nums',
        className,
      )}
    >
      <span aria-hidden>{count < WAITING_MAX ? count : `${WAITING_MAX - 1}+`}</span>
      <span className="sr-only">{t('waiting', { count })}</span>
    </span>
  );
}
