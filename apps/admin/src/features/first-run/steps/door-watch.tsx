'use client';

import type { Door, TrackId } from '@munjigi/contracts';
import { useCallback, useMemo, useState } from 'react';
import { DoorPicture } from '../../live/door-picture';
import { type Candidate, RegisterDialog } from '../../live/register-dialog';
import { TrackMemory } from '../../live/track-memory';
import { useWatch } from '../../live/use-live-data';

/** What the door's camera sees; an unknown face on it can be registered. */
export function DoorWatch({ door }: { readonly door: Door }) {
  const [memory] = useState(() => new TrackMemory());
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  useWatch(useMemo(() => [door.id], [door.id]));
  const register = useCallback(
    (trackId: TrackId) =>
      setCandidate({
        ...{ doorId: door.id, doorName: door.name, trackId },
        picture: memory.get(trackId)?.picture ?? null,
      }),
    [door.id, door.name, memory],
  );
  return (
    <>
      <DoorPicture door={door} memory={memory} onRegister={register} />
      <RegisterDialog
        candidate={candidate}
        onClose={() => setCandidate(null)}
        onRegistered={(trackId) => memory.registered(trackId)}
      />
    </>
  );
}
