'use client';

import type { Person } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import { PhotoDrop } from './photo-drop';
import { useEnrolPhoto } from './use-enrol-photo';

interface AddPhotoDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** Adds another photo of a person: more views of a face, surer doors. */
export function AddPhotoDialog({ person, onClose }: AddPhotoDialogProps) {
  const t = useTranslations('addPhoto');
  const common = useTranslations('common');
  const { photo, face, choose, enrol } = useEnrolPhoto();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name: person.name })}
      description={t('description')}
    >
      <div className="grid gap-4 px-5 pt-1 pb-5">
        <PhotoDrop photo={photo} face={face} disabled={enrol.isPending || face !== null} onPhoto={choose} />
        <Refusal error={enrol.error} />
      </div>
      <DialogFooter>
        {face ? (
          <Button variant="primary" autoFocus onClick={onClose}>
            {common('done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button
              variant="primary"
              disabled={!photo}
              pending={enrol.isPending}
              onClick={() => photo && enrol.mutate({ personId: person.id, file: photo })}
            >
              {t('submit')}
            </Button>
          </>
        )}
      </DialogFooter>
    </Dialog>
  );
}
