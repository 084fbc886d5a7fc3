'use client';

import { useMutation } from '@tanstack/react-query';
import { type ReactNode, createContext, useCallback, useContext, useState } from 'react';
import { ApiError } from '@/lib/api/api-error';
import { lazyPart } from '@/lib/lazy-part';

const StepUpDialog = lazyPart(() => import('./step-up-dialog').then((m) => m.StepUpDialog));

type Confirmed = <T>(run: () => Promise<T>) => Promise<T>;

const StepUpContext = createContext<Confirmed | null>(null);

/** Gives what is below it {@link useConfirmed}. */
export function StepUpProvider({ children }: { readonly children: ReactNode }) {
  const [question, setQuestion] = useState<{ readonly answer: (proved: boolean) => void } | null>(null);
  const confirmed = useCallback<Confirmed>(async (run) => {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'auth/step-up-required') throw error;
      const proved = await new Promise<boolean>((answer) => setQuestion({ answer }));
      setQuestion(null);
      if (!proved) throw error;
      return run();
    }
  }, []);
  return (
    <StepUpContext value={confirmed}>
      {children}
      {question && <StepUpDialog onAnswer={question.answer} />}
    </StepUpContext>
  );
}

/**
 * Runs what may want a recent sign-in; where it does, asks for the password and runs it once more.
 *
 * @throws outside {@link StepUpProvider}; what runs throws `auth/step-up-required` when the question is turned away.
 */
export function useConfirmed(): Confirmed {
  const confirmed = useContext(StepUpContext);
  if (!confirmed) throw new Error('Nobody can be asked outside StepUpProvider.');
  return confirmed;
}

/** A mutation that asks for the password where the server wants a recent sign-in. */
export function useConfirmedMutation<T, V = void>(
  mutationFn: (variables: V) => Promise<T>,
  onSuccess?: (result: T, variables: V) => unknown,
) {
  const confirmed = useConfirmed();
  return useMutation({
    mutationFn: (variables: V) => confirmed(() => mutationFn(variables)),
    ...(onSuccess ? { onSuccess } : {}),
  });
}
