'use client';

import type { Person, PersonId } from '@munjigi/contracts';
import { ArrowLeft, Ellipsis, Eraser, ImagePlus, Pencil, ShieldBan, UserRoundX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api/api-error';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { idOf } from '@/lib/parse';
import { useMay } from '../../auth/use-may';
import { usePerson } from '../../events/use-events';
import { ConsentCard } from './consent-card';
import { DetailsCard } from './details-card';
import { ErasureProof } from './erasure-proof';
import { TemplatesCard } from './templates-card';

const InviteDialog = lazyPart(() => import('../../enrolment/invite-dialog').then((m) => m.InviteDialog));
const WebcamDialog = lazyPart(() => import('../../enrolment/webcam-dialog').then((m) => m.WebcamDialog));
const AddPhotoDialog = lazyPart(() => import('../add-photo-dialog').then((m) => m.AddPhotoDialog));
const EditPersonDialog = lazyPart(() => import('./edit-person-dialog').then((m) => m.EditPersonDialog));
const ErasePersonDialog = lazyPart(() => import('./erase-person-dialog').then((m) => m.ErasePersonDialog));
const StatusDialog = lazyPart(() => import('./status-dialog').then((m) => m.StatusDialog));
const PersonEvents = lazyPart(() => import('./person-events').then((m) => m.PersonEvents));
const PersonTimes = lazyPart(() => import('./person-times').then((m) => m.PersonTimes), {
  placeholder: <Skeleton className="h-64 rounded-xl" />,
});

/** One person: who they are, where and when they may pass, their templates, consent and events. */
export function PersonPage({ id }: { readonly id: string }) {
  const t = useTranslations('person');
  const [url] = useUrlState();
  const erasureId = url.get('erasure');
  const personId = idOf<PersonId>(id);
  const person = usePerson(erasureId === null ? personId : undefined);
  if (erasureId !== null) return <ErasureProof id={erasureId} />;
  if (personId === undefined || (person.error instanceof ApiError && person.error.status === 404)) {
    return (
      <Notice
        icon={<UserRoundX />}
        title={t('gone')}
        className="flex-1"
        action={
          <Button asChild>
            <Link href="/people">{t('toPeople')}</Link>
          </Button>
        }
      >
        {t('goneHint')}
      </Notice>
    );
  }
  if (person.data) return <PersonView person={person.data} />;
  if (person.isError)
    return <ErrorNotice error={person.error} onRetry={() => void person.refetch()} className="flex-1" />;
  return (
    <div className="grid gap-4 p-4 md:grid-cols-2 md:p-6">
      <Skeleton className="h-12 rounded-xl md:col-span-2" />
      <Skeleton className="h-64 rounded-xl" />
      <Skeleton className="h-64 rounded-xl" />
    </div>
  );
}

type Act = 'edit' | 'status' | 'photo' | 'camera' | 'invite' | 'erase';

function PersonView({ person }: { readonly person: Person }) {
  const may = useMay();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  return (
    <>
      <PersonHeader person={person} onAct={setAct} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="grid items-start gap-4 p-4 md:p-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)] 2xl:max-w-400">
          <div className="grid gap-4">
            <DetailsCard person={person} />
            <TemplatesCard
              person={person}
              onAdd={() => setAct('photo')}
              onCamera={() => setAct('camera')}
              onInvite={() => setAct('invite')}
            />
            <ConsentCard person={person} />
          </div>
          <div className="grid gap-4">
            {may('access:read') && <PersonTimes person={person} />}
            {may('events:read') && <PersonEvents personId={person.id} />}
          </div>
        </div>
      </div>
      {act === 'edit' && <EditPersonDialog person={person} onClose={close} />}
      {act === 'status' && <StatusDialog person={person} onClose={close} />}
      {act === 'photo' && <AddPhotoDialog person={person} onClose={close} />}
      {act === 'camera' && <WebcamDialog person={person} onClose={close} />}
      {act === 'invite' && <InviteDialog person={person} onClose={close} />}
      {act === 'erase' && <ErasePersonDialog person={person} onClose={close} />}
    </>
  );
}

interface PersonHeaderProps {
  readonly person: Person;
  readonly onAct: (act: Act) => void;
}

function PersonHeader({ person, onAct }: PersonHeaderProps) {
  const t = useTranslations('person');
  const may = useMay();
  const mayWrite = may('people:write', person.siteId);
  const mayEnrol = may('enrolment:write', person.siteId);
  const mayErase = may('people:erase', person.siteId);
  return (
    <header className="flex h-15 shrink-0 items-center gap-3 border-b px-2 md:px-4">
      <Button asChild variant="ghost" size="icon" aria-label={t('toPeople')}>
        <Link href="/people">
          <ArrowLeft aria-hidden />
        </Link>
      </Button>
      <Avatar name={person.name} src={person.portraitUrl} className="size-9" />
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-base leading-tight font-semibold tracking-tight">{person.name}</h1>
        <PersonBadges person={person} />
      </div>
      {mayWrite && (
        <Button onClick={() => onAct('edit')}>
          <Pencil aria-hidden />
          <span className="max-sm:sr-only">{t('edit')}</span>
        </Button>
      )}
      {(mayWrite || mayEnrol || mayErase) && (
        <Menu
          trigger={
            <Button variant="ghost" size="icon" aria-label={t('actions')}>
              <Ellipsis aria-hidden />
            </Button>
          }
        >
          {mayWrite && (
            <MenuItem onSelect={() => onAct('status')}>
              <ShieldBan aria-hidden />
              {t('changeStatus')}
            </MenuItem>
          )}
          {mayEnrol && (
            <MenuItem onSelect={() => onAct('photo')}>
              <ImagePlus aria-hidden />
              {t('addPhoto')}
            </MenuItem>
          )}
          {mayErase && (
            <>
              <MenuSeparator />
              <MenuItem danger onSelect={() => onAct('erase')}>
                <Eraser aria-hidden />
                {t('erase')}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
    </header>
  );
}

/** How a person stands, in a few words. */
export function PersonBadges({ person }: { readonly person: Person }) {
  const t = useTranslations('person');
  const status = useTranslations('personStatus');
  const isExpired = person.validUntil !== null && Date.parse(person.validUntil) <= Date.now();
  return (
    <span className="mt-0.5 flex flex-wrap gap-1">
      <Badge tone={person.status === 'active' ? 'granted' : 'denied'}>{status(person.status)}</Badge>
      {person.kind === 'visitor' && <Badge>{t('visitor')}</Badge>}
      {isExpired && <Badge tone="caution">{t('expired')}</Badge>}
    </span>
  );
}
