'use client';

import type { Session } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { PasskeyButton } from './passkey-button';
import { SignInForm } from './sign-in-form';

interface SignInAgainDialogProps {
  /** Whose session has ended. */
  readonly email: string;
  readonly onSession: (session: Session) => void;
  /** They would rather see the sign-in page. */
  readonly onLeave: () => void;
}

/** Asks for the password of whose session has ended, over what they were at. */
export function SignInAgainDialog({ email, onSession, onLeave }: SignInAgainDialogProps) {
  const t = useTranslations('signInAgain');
  return (
    <Dialog
      open
      onOpenChange={() => undefined}
      closable={false}
      title={t('title')}
      description={t('hint', { email })}
    >
      <div className="px-5 pt-1 pb-5">
        <SignInForm email={email} onSession={onSession} />
        <PasskeyButton onSession={onSession} />
      </div>
      <DialogFooter>
        <Button variant="ghost" onClick={onLeave}>
          {t('leave')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
