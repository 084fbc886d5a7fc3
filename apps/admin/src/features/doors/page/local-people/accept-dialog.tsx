'use client';

import type { AcceptLocalPersonRequest, Door, LocalPersonAtDoor } from '@munjigi/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '@/components/ui/form-dialog';
import { useToaster } from '@/components/ui/toast';
import { ApiError } from '@/lib/api/api-error';
import { useMay } from '../../../auth/use-may';
import { personApi, personKeys } from '../../../people/person/person-api';
import { type AcceptDraft, NEW_DRAFT, acceptRequest } from './accept-draft';
import { AlikeFields, WhoFields } from './accept-fields';
import { ConsentFields } from './consent-fields';
import { localPeopleApi } from './local-people-api';
import { useRefreshLocalPeople } from './use-local-people';

interface AcceptDialogProps {
  readonly door: Door;
  readonly person: LocalPersonAtDoor;
  readonly onClose: () => void;
}

/** Takes somebody over from a door, as a new person or as one who is there already. */
export function AcceptDialog({ door, person, onClose }: AcceptDialogProps) {
  const t = useTranslations('localPeople');
  const mayRead = useMay()('people:read');
  const [draft, setDraft] = useState<AcceptDraft>(NEW_DRAFT);
  const [isTried, setTried] = useState(false);
  const [isAlike, setAlike] = useState(false);
  const accept = useAccept({ door, person, onClose });
  const texts = useConsentTexts(mayRead);
  const text = texts.data?.[0];
  const change = (part: Partial<AcceptDraft>) => setDraft({ ...draft, ...part });
  const submit = () => {
    setTried(true);
    const body = acceptRequest(draft, { textVersion: text?.version, isAlike });
    if (body) accept.mutate(body, { onError: (error) => saysAlike(error) && setAlike(true) });
  };
  return (
    <FormDialog
      title={t('acceptTitle', { name: person.name })}
      description={t('acceptHint')}
      submitLabel={t(isAlike ? 'acceptAnyway' : 'accept')}
      action={{
        isPending: accept.isPending,
        error: saysAlike(accept.error) ? null : (accept.error ?? texts.error),
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <WhoFields
        {...{ door, person, draft, isTried }}
        mayChoose={mayRead}
        onChange={(part) => {
          // Whom they look like was said of another choice.
          accept.reset();
          setAlike(false);
          change(part);
        }}
      />
      {text && <ConsentFields text={text} draft={draft} onChange={change} />}
      {isAlike && <AlikeFields reason={draft.reason} onChange={(reason) => change({ reason })} />}
    </FormDialog>
  );
}

function saysAlike(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    ['enrolment/duplicate', 'enrolment/look-alike', 'enrolment/reason-missing'].includes(error.code)
  );
}

function useConsentTexts(enabled: boolean) {
  return useQuery({
    queryKey: personKeys.consentTexts,
    queryFn: ({ signal }) => personApi.consentTexts(signal),
    enabled,
  });
}

function useAccept({ door, person, onClose }: AcceptDialogProps) {
  const t = useTranslations('localPeople');
  const toaster = useToaster();
  const refresh = useRefreshLocalPeople(door);
  return useMutation({
    mutationFn: (body: AcceptLocalPersonRequest) => localPeopleApi.accept(door.id, person.id, body),
    onSuccess: async (accepted) => {
      toaster.done(t('accepted', { name: accepted.person.name }));
      onClose();
      await refresh();
    },
  });
}
