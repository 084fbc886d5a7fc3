'use client';

import type { Session } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Refusal } from '@/components/ui/refusal';
import { api } from '@/lib/api/api';
import { answerWithPasskey, passkeysPossible } from '@/lib/passkeys/passkeys';

/** Signs in by a passkey alone; nothing where there can be none. */
export function PasskeyButton({ onSession }: { readonly onSession: (session: Session) => void }) {
  const t = useTranslations('signIn');
  // Known to the browser, and not to the server that draws the page first.
  const [possible, setPossible] = useState(false);
  useEffect(() => setPossible(passkeysPossible(window.location.hostname)), []);
  const signIn = useMutation({
    mutationFn: async () => api.signInByPasskey(await answerWithPasskey(await api.passkeyQuestion())),
    onSuccess: onSession,
  });
  if (!possible) return null;
  return (
    <div className="mt-4 grid gap-4">
      <p className="flex items-center gap-3 text-xs text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('or')}
      </p>
      <Refusal error={signIn.error} />
      <Button size="lg" pending={signIn.isPending || signIn.isSuccess} onClick={() => signIn.mutate()}>
        {!signIn.isPending && <KeyRound aria-hidden />}
        {t('passkey')}
      </Button>
    </div>
  );
}
