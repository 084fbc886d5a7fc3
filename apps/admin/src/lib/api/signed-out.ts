const QUESTION = 'munjigi:signed-out';

interface Question {
  answer: Promise<boolean> | undefined;
}

/**
 * Asks whoever sits there to sign in again, for what was refused because their session has ended.
 *
 * @returns true once they have; false when they would not, or when nobody on this page can ask them
 */
export async function askToSignIn(): Promise<boolean> {
  if (typeof window === 'undefined') return false;
  const detail: Question = { answer: undefined };
  window.dispatchEvent(new CustomEvent(QUESTION, { detail }));
  return (await detail.answer) ?? false;
}

/** Has the question answered by `ask` from now on, for each request that waits. @returns what ends that */
export function answerSignedOut(ask: () => Promise<boolean>): () => void {
  const hear = (event: Event) => {
    (event as CustomEvent<Question>).detail.answer = ask();
  };
  window.addEventListener(QUESTION, hear);
  return () => window.removeEventListener(QUESTION, hear);
}
