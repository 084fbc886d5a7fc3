import type { AccessEvent, Outcome } from '@munjigi/contracts';
import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';

/** What the door did, in colour, icon and word. */
export function OutcomeBadge({ outcome }: { readonly outcome: Outcome }) {
  const t = useTranslations('outcome');
  return (
    <Badge tone={outcome}>
      {outcome === 'granted' ? <Check aria-hidden strokeWidth={3} /> : <X aria-hidden strokeWidth={3} />}
      {t(outcome)}
    </Badge>
  );
}

/** Who an event is about, in words: a name, a deleted person, or why there is none. */
export function useSubject(): (event: AccessEvent) => string {
  const t = useTranslations('subject');
  return (event) => {
    if (event.person) return event.person.name ?? t('deleted');
    const unrecognised = UNRECOGNISED.find((reason) => reason === event.reason);
    return t(unrecognised ?? 'deleted');
  };
}

/** The reasons with which nobody was recognised; with every other, somebody was. */
const UNRECOGNISED = ['unknown-person', 'ambiguous', 'gallery-unavailable'] as const;
