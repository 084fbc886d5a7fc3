'use client';

import type { Door, FloorPlan, FloorPlanPlace } from '@munjigi/contracts';
import { MapPinPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Refusal } from '@/components/ui/refusal';
import { useToaster } from '@/components/ui/toast';
import { floorPlansApi, useChangePlans } from './floor-plans-api';
import { placed, withoutDoor } from './places';
import { PlanView } from './plan-view';

interface PlaceDoorsProps {
  readonly plan: FloorPlan;
  /** All doors of the plan's site. */
  readonly doors: readonly Door[];
  readonly onClose: () => void;
}

/** Puts doors on a plan, moves them and takes them off; nothing is kept until it is saved. */
export function PlaceDoors({ plan, doors, onClose }: PlaceDoorsProps) {
  const t = useTranslations('floorPlans');
  const common = useTranslations('common');
  const toaster = useToaster();
  const [places, setPlaces] = useState<readonly FloorPlanPlace[]>(plan.doors);
  const save = useChangePlans(
    () => floorPlansApi.place(plan.id, places),
    () => {
      toaster.done(t('saved', { name: plan.name }));
      onClose();
    },
  );
  const left = doors.filter(({ id }) => !places.some(({ doorId }) => doorId === id));
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b bg-surface px-4 py-2 md:px-6">
        <p className="min-w-48 flex-1 text-xs text-ink-muted">{t('placeHint')}</p>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button variant="primary" pending={save.isPending} onClick={() => save.mutate(undefined)}>
          {common('save')}
        </Button>
        <Refusal error={save.error} />
      </div>
      {left.length > 0 && (
        <div className="flex shrink-0 gap-1.5 overflow-x-auto border-b px-4 py-2 md:px-6">
          {left.map((door) => (
            <Button
              key={door.id}
              size="sm"
              onClick={() => setPlaces(placed(places, { doorId: door.id, x: 0.5, y: 0.5 }))}
            >
              <MapPinPlus aria-hidden />
              {t('placeDoor', { door: door.name })}
            </Button>
          ))}
        </div>
      )}
      <PlanView
        plan={plan}
        doors={doors}
        places={places}
        onMove={(place) => setPlaces((known) => placed(known, place))}
        onTakeOff={({ doorId }) => setPlaces((known) => withoutDoor(known, doorId))}
      />
    </>
  );
}
