'use client';

import { useMay } from '../../auth/use-may';
import { SettingsColumn } from '../section';
import { ConsentSection } from './consent-section';
import { ConsentTextsSection } from './consent-texts-section';
import { ErasuresSection } from './erasures-section';
import { RetentionSection } from './retention-section';

/** How long things are kept, what people consent to, and the proofs that somebody was erased. */
export function PrivacyPage() {
  const may = useMay();
  const mayWrite = may('settings:write', null);
  return (
    <SettingsColumn>
      <RetentionSection mayWrite={mayWrite} />
      <ConsentSection mayWrite={mayWrite} />
      {may('people:read') && <ConsentTextsSection mayWrite={mayWrite} />}
      {may('people:erase') && <ErasuresSection />}
    </SettingsColumn>
  );
}
