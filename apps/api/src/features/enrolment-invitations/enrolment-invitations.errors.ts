import { AppError } from '../../platform/errors/app-error';

/** Used, replaced, taken back or too old: from outside they look the same. */
export const invitationInvalid = () =>
  new AppError('unauthenticated', 'enrolment/invitation-invalid', 'This invitation cannot be used.', {
    detail: 'It was used already, replaced by a newer one, or is too old. Ask for a new one.',
  });

export const noInvitation = () =>
  new AppError('not-found', 'enrolment/no-invitation', 'This person has no open invitation.');

export const tooManyLooks = () =>
  new AppError('throttled', 'enrolment/too-many-looks', 'The camera was on for very long.', {
    detail: 'Ask for a new invitation, or use a photo.',
  });

/** Whoever is invited is not told whom they look like. */
export const needsSomebody = (cause: unknown) =>
  new AppError('conflict', 'enrolment/needs-somebody', 'This picture has to be looked at by somebody.', {
    detail: 'Your face could not be told from another one for sure. Ask whoever invited you.',
    cause,
  });

export const consentNeeded = () =>
  new AppError('conflict', 'enrolment/consent-missing', 'You have not agreed to the text yet.', {
    detail: 'Send the version that you agreed to as `textVersion`: it has to be the newest.',
  });
