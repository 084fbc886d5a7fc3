'use client';

import type { Person } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { Camera, Check, FileCheck, ImageUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Refusal } from '@/components/ui/refusal';
import { personApi, personKeys } from '../../people/person/person-api';
import { privacyApi, privacyKeys } from '../../settings/privacy/privacy-api';

const AddPhotoDialog = dynamic(() =>
  import('../../people/add-photo-dialog').then((module) => module.AddPhotoDialog),
);
const WebcamDialog = dynamic(() =>
  import('../../enrolment/webcam-dialog').then((module) => module.WebcamDialog),
);
const RecordConsentDialog = dynamic(() =>
  import('../../people/person/consent-dialogs').then((module) => module.RecordConsentDialog),
);
const ConsentTextDialog = dynamic(() =>
  import('../../settings/privacy/consent-text-dialog').then((module) => module.ConsentTextDialog),
);

type Act = 'text' | 'consent' | 'photo' | 'webcam';

interface PersonFaceProps {
  readonly person: Person;
  /** Told when a dialog of theirs opens and closes. */
  readonly onBusy: (isBusy: boolean) => void;
}

/** From a name to a face that doors know: consent where the deployment asks for it, then a picture. */
export function PersonFace({ person, onBusy }: PersonFaceProps) {
  const t = useTranslations('firstRun');
  const [act, keepAct] = useState<Act | null>(null);
  const setAct = (next: Act | null) => {
    keepAct(next);
    onBusy(next !== null);
  };
  const settings = useQuery({ queryKey: privacyKeys.settings, queryFn: privacyApi.settings });
  const asks = settings.data?.consent === 'required';
  const texts = useQuery({ queryKey: privacyKeys.texts, queryFn: privacyApi.texts, enabled: asks });
  const consents = useQuery({
    queryKey: personKeys.consents(person.id),
    queryFn: ({ signal }) => personApi.consents(person.id, signal),
    enabled: asks,
  });
  const holds = (consents.data ?? []).some(({ withdrawnAt }) => withdrawnAt === null);
  const mayTake = settings.isSuccess && (!asks || holds);
  const close = () => setAct(null);
  return (
    <div className="grid gap-3 rounded-xl border bg-surface px-3.5 py-3">
      {asks && (
        <div className="grid gap-1.5">
          <h3 className="font-medium">{t('person.consent')}</h3>
          {holds ? (
            <p className="flex items-center gap-1.5 text-granted">
              <Check aria-hidden className="size-4" strokeWidth={2.5} />
              {t('person.consentGiven')}
            </p>
          ) : (
            <>
              <p className="text-xs text-ink-muted">{t('person.consentHint')}</p>
              {texts.isSuccess && (
                <Button
                  variant="primary"
                  className="justify-self-start"
                  onClick={() => setAct(texts.data.items.length === 0 ? 'text' : 'consent')}
                >
                  <FileCheck aria-hidden />
                  {t(texts.data.items.length === 0 ? 'person.consentText' : 'person.consentRecord')}
                </Button>
              )}
            </>
          )}
        </div>
      )}
      <div className="grid gap-1.5">
        <h3 className="font-medium">{t('person.picture')}</h3>
        {settings.isSuccess && !mayTake && (
          <p className="text-xs text-ink-muted">{t('person.pictureFirst')}</p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            variant={mayTake ? 'primary' : 'outline'}
            disabled={!mayTake}
            onClick={() => setAct('photo')}
          >
            <ImageUp aria-hidden />
            {t('person.photo')}
          </Button>
          <Button disabled={!mayTake} onClick={() => setAct('webcam')}>
            <Camera aria-hidden />
            {t('person.webcam')}
          </Button>
        </div>
      </div>
      <Refusal error={settings.error ?? texts.error ?? consents.error} />
      {act === 'text' && <ConsentTextDialog latest={undefined} onClose={close} />}
      {act === 'consent' && <RecordConsentDialog person={person} onClose={close} />}
      {act === 'photo' && <AddPhotoDialog person={person} onClose={close} />}
      {act === 'webcam' && <WebcamDialog person={person} onClose={close} />}
    </div>
  );
}
