'use client';

import type { Door, DoorRulesRequest } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useMay } from '../../auth/use-may';
import { doorApi, type KeptDoorRules } from './door-api';
import { RulesFields } from './rules-fields';
import { useChangeRules, useDoorRules } from './use-door-rules';

/** The access rules of a door. */
export function RulesCard({ door }: { readonly door: Door }) {
  const t = useTranslations('door');
  const rules = useDoorRules(door);
  return (
    <Card title={t('rules')}>
      <div className="px-3.5 py-3">
        {rules.isPending && <Skeleton className="h-40" />}
        <Refusal error={rules.error} />
        {rules.data && <RulesForm door={door} kept={rules.data.rules} />}
      </div>
    </Card>
  );
}

function RulesForm({ door, kept }: { readonly door: Door; readonly kept: KeptDoorRules['rules'] }) {
  const t = useTranslations('door');
  const access = useTranslations('access');
  const may = useMay();
  const toaster = useToaster();
  const [touched, setTouched] = useState<DoorRulesRequest | null>(null);
  const change = useChangeRules((body: DoorRulesRequest) => doorApi.setRules(door.id, body));
  const draft = touched ?? draftOf(kept);
  const readOnly = !may('access:write', door.site.id) || !may('access:read');
  return (
    <div className="grid gap-4">
      <RulesFields door={door} draft={draft} readOnly={readOnly} onChange={setTouched} />
      <Refusal error={change.error} />
      {!readOnly && (
        <div className="flex justify-end gap-2">
          {touched && <Button onClick={() => setTouched(null)}>{t('discard')}</Button>}
          <Button
            variant="primary"
            disabled={touched === null || !isWhole(draft)}
            pending={change.isPending}
            onClick={() =>
              change.mutate(draft, {
                onSuccess: () => {
                  toaster.done(t('rulesSaved', { name: door.name }), access('doorsLearn'));
                  setTouched(null);
                },
              })
            }
          >
            {t('save')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What may be set of the rules: all but where the door is. */
function draftOf({ siteId: _site, timeZone: _zone, ...rules }: KeptDoorRules['rules']): DoorRulesRequest {
  return rules;
}

/** Whether every rule that names groups names one at least. */
function isWhole({ firstPersonIn, offlinePolicy }: DoorRulesRequest): boolean {
  return (
    (firstPersonIn === null || firstPersonIn.groupIds.length > 0) &&
    (offlinePolicy.kind !== 'groups' || offlinePolicy.groupIds.length > 0)
  );
}
