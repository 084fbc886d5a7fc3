import {
  type AcceptLocalPersonRequest,
  type ConsentHow,
  type PersonId,
  reasonTextSchema,
} from '@munjigi/contracts';

/** What an administrator has said of somebody who is to be taken over from a door. */
export interface AcceptDraft {
  readonly as: 'new' | 'existing';
  readonly personId: PersonId | undefined;
  /** Whether they have consented to the newest text, and how. */
  readonly hasConsented: boolean;
  readonly how: ConsentHow;
  /** Why they are not whom they look like. */
  readonly reason: string;
}

export const NEW_DRAFT: AcceptDraft = {
  as: 'new',
  personId: undefined,
  hasConsented: false,
  how: 'paper',
  reason: '',
};

/**
 * The request that a draft stands for, or null while something is missing in it.
 *
 * @param textVersion of the newest consent text; undefined where there is none
 * @param isAlike whether the server has said that they look like somebody else, which the reason is to clear up
 */
export function acceptRequest(
  draft: AcceptDraft,
  { textVersion, isAlike }: { readonly textVersion: number | undefined; readonly isAlike: boolean },
): AcceptLocalPersonRequest | null {
  const isExisting = draft.as === 'existing';
  const reason = reasonTextSchema.safeParse(draft.reason);
  if ((isExisting && draft.personId === undefined) || (isAlike && !reason.success)) return null;
  return {
    ...(isExisting ? { asPersonId: draft.personId } : {}),
    ...(draft.hasConsented && textVersion !== undefined ? { consent: { textVersion, how: draft.how } } : {}),
    ...(isAlike ? { confirm: 'not-the-same-person', reason: reason.data } : {}),
  };
}
