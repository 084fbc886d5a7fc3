import type { EnrolmentLook } from '@munjigi/contracts';
import { request, requestNothing } from '@/lib/api/request';

/** Says what is to be seen on a picture. */
export type Look = (picture: Blob, signal: AbortSignal) => Promise<EnrolmentLook>;

function formOf(picture: Blob): FormData {
  const form = new FormData();
  form.set('photo', picture, 'picture.jpg');
  return form;
}

const byToken = (token: string) => ({ 'x-enrolment-token': token });

/** Enrolment by camera and by invitation; each call throws {@link ApiError}. */
export const enrolmentApi = {
  look: (picture: Blob, signal: AbortSignal) =>
    request('/api/enrolment/looks', 'enrolmentLookSchema', { method: 'POST', body: formOf(picture), signal }),
  invite: (personId: string) =>
    request(`/api/people/${personId}/enrolment-invitation`, 'enrolmentInvitationSchema', { method: 'POST' }),

  open: (token: string) =>
    request('/api/enrolment-invitations', 'openedEnrolmentInvitationSchema', { headers: byToken(token) }),
  lookAsInvited: (token: string) => (picture: Blob, signal: AbortSignal) =>
    request('/api/enrolment-invitations/looks', 'enrolmentLookSchema', {
      ...{ method: 'POST', body: formOf(picture), signal, headers: byToken(token) },
    }),
  accept: (token: string, picture: Blob, textVersion: number | undefined) => {
    const form = formOf(picture);
    if (textVersion !== undefined) form.set('textVersion', String(textVersion));
    return requestNothing('/api/enrolment-invitations/photo', {
      ...{ method: 'POST', body: form, headers: byToken(token) },
    });
  },
} as const;
