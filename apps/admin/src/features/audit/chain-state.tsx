'use client';

import type { AuditChain } from '@munjigi/contracts';
import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { useFormats } from '@/lib/hooks/use-formats';
import { useAuditChain } from './use-audit';

/** Whether the account is as it was written, in a word; nothing until that is known. */
export function ChainState() {
  const t = useTranslations('audit');
  const formats = useFormats();
  const { data: chain } = useAuditChain();
  if (!chain) return null;
  const { tone, Icon, text } = stateOf(chain);
  return (
    <Badge
      tone={tone}
      title={chain.checked ? t('checkedAt', { when: formats.dateTime(chain.checked.at) }) : undefined}
    >
      <Icon aria-hidden />
      {t(text)}
    </Badge>
  );
}

function stateOf({ fault, checked }: AuditChain) {
  if (fault) return { tone: 'denied', Icon: ShieldAlert, text: 'state.fault' } as const;
  if (checked) return { tone: 'granted', Icon: ShieldCheck, text: 'state.intact' } as const;
  return { tone: 'plain', Icon: ShieldQuestion, text: 'state.unchecked' } as const;
}
