'use client';

import type { ConsentHow } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Labelled } from '@/components/ui/labelled';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { TextOfConsent } from '../../../people/person/consent-dialogs';
import type { ConsentText } from '../../../people/person/person-api';
import type { AcceptDraft } from './accept-draft';

/** Nobody is invited here: who is taken over has consented in person. */
const WAYS: readonly ConsentHow[] = ['paper', 'screen'];

interface ConsentFieldsProps {
  readonly text: ConsentText;
  readonly draft: AcceptDraft;
  readonly onChange: (part: Partial<AcceptDraft>) => void;
}

/** Whether somebody who is taken over has consented to a text, and how. */
export function ConsentFields({ text, draft, onChange }: ConsentFieldsProps) {
  const t = useTranslations('localPeople');
  const consent = useTranslations('consent');
  return (
    <>
      <Switch
        label={t('consented')}
        hint={t('consentedHint')}
        checked={draft.hasConsented}
        onChange={(hasConsented) => onChange({ hasConsented })}
      />
      {draft.hasConsented && (
        <>
          <TextOfConsent text={text} />
          <Labelled label={consent('howLabel')}>
            <Select
              label={consent('howLabel')}
              value={draft.how}
              onChange={(how) => onChange({ how })}
              options={WAYS.map((value) => ({ value, label: consent(`how.${value}`) }))}
              className="w-full"
            />
          </Labelled>
        </>
      )}
    </>
  );
}
