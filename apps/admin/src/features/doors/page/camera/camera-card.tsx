'use client';

import type { CameraView, Door, SetDoorCameraRequest } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Play, Square, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { request } from '@/lib/api/request';
import { useMay } from '../../../auth/use-may';
import { DoorPicture } from '../../../live/door-picture';
import { TrackMemory } from '../../../live/track-memory';
import { useWatch } from '../../../live/use-live-data';
import { type CameraDraft, draftOfCamera, requestOfDraft } from './camera-draft';
import { CameraFields } from './camera-fields';

const pathOf = (door: Door) => `/api/doors/${door.id}/camera`;

/** The camera that a door is to use, what it says of it, and its picture to try it by. */
export function CameraCard({ door }: { readonly door: Door }) {
  const t = useTranslations('camera');
  const may = useMay();
  const [isShown, setShown] = useState(false);
  const camera = useQuery({
    queryKey: ['door-camera', door.id],
    queryFn: ({ signal }) => request(pathOf(door), 'doorCameraSchema', { signal }),
  });
  return (
    <Card
      title={t('title')}
      action={
        may('live:watch', door.site.id) && (
          <Button size="sm" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? <Square aria-hidden /> : <Play aria-hidden />}
            {t(isShown ? 'hide' : 'try')}
          </Button>
        )
      }
    >
      {isShown && <LiveTest door={door} />}
      {door.cameraFault !== null && (
        <p role="status" className="flex gap-2 bg-caution-soft px-3.5 py-2 text-sm text-caution">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0">
            {door.cameraFaultKind && (
              <strong className="block font-semibold">{t(`fault.${door.cameraFaultKind}`)}</strong>
            )}
            <span lang="en">{door.cameraFault}</span>
          </span>
        </p>
      )}
      {camera.isPending && <Skeleton className="m-3.5 h-24" />}
      {camera.isError && (
        <div className="p-3.5">
          <Refusal error={camera.error} />
        </div>
      )}
      {camera.data && <CameraForm door={door} camera={camera.data.camera} />}
    </Card>
  );
}

/** What the camera sees now; asked for while it is shown. */
function LiveTest({ door }: { readonly door: Door }) {
  const [memory] = useState(() => new TrackMemory());
  useWatch([door.id]);
  return (
    <div className="border-b">
      <DoorPicture door={door} memory={memory} onRegister={() => undefined} />
    </div>
  );
}

function CameraForm({ door, camera }: { readonly door: Door; readonly camera: CameraView | null }) {
  const t = useTranslations('camera');
  const may = useMay();
  const toaster = useToaster();
  const cache = useQueryClient();
  const [touched, setTouched] = useState<CameraDraft | null>(null);
  const [tried, setTried] = useState(false);
  const draft = touched ?? draftOfCamera(camera);
  const { camera: asked, wrong } = requestOfDraft(draft);
  const readOnly = !may('doors:write', door.site.id);
  const discard = () => {
    setTouched(null);
    setTried(false);
  };
  const save = useMutation({
    mutationFn: (body: SetDoorCameraRequest) =>
      request(pathOf(door), 'doorCameraSchema', { method: 'PUT', body }),
    onSuccess: (kept) => {
      cache.setQueryData(['door-camera', door.id], kept);
      toaster.done(t('saved', { name: door.name }), t(door.online ? 'savedHint' : 'savedHintOffline'));
      discard();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong.size === 0) save.mutate({ camera: asked });
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-4 px-3.5 py-3">
      <CameraFields
        draft={draft}
        hasPassword={camera?.source.kind === 'rtsp' && camera.source.hasPassword}
        readOnly={readOnly}
        wrong={tried ? wrong : NOTHING}
        onChange={(change) => setTouched({ ...draft, ...change })}
      />
      <Refusal error={save.error} />
      {!readOnly && (
        <div className="flex justify-end gap-2">
          {touched && <Button onClick={discard}>{t('discard')}</Button>}
          <Button type="submit" variant="primary" disabled={!touched} pending={save.isPending}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}

const NOTHING: ReadonlySet<string> = new Set();
