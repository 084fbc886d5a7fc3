import { type PersonId, acceptLocalPersonRequestSchema } from '@munjigi/contracts';
import { NEW_DRAFT, acceptRequest } from './accept-draft';

const PERSON = '0199b5a2-7a3e-7c4d-8b1a-2f3e4d5c6b7a' as PersonId;
const PLAIN = { textVersion: 3, isAlike: false };

describe('acceptRequest', () => {
  it('says nothing more of a new person without consent', () => {
    expect(acceptRequest({ ...NEW_DRAFT, personId: PERSON }, PLAIN)).toEqual({});
  });

  it('names an existing person, and waits until one is chosen', () => {
    const draft = { ...NEW_DRAFT, as: 'existing' } as const;
    expect(acceptRequest(draft, PLAIN)).toBeNull();
    expect(acceptRequest({ ...draft, personId: PERSON }, PLAIN)).toEqual({ asPersonId: PERSON });
  });

  it('gives a consent to the newest text, and none where there is no text', () => {
    const draft = { ...NEW_DRAFT, hasConsented: true, how: 'screen' } as const;
    expect(acceptRequest(draft, PLAIN)).toEqual({ consent: { textVersion: 3, how: 'screen' } });
    expect(acceptRequest(draft, { ...PLAIN, textVersion: undefined })).toEqual({});
  });

  it('clears up a likeness only with a reason, as the server reads it', () => {
    const alike = { ...PLAIN, isAlike: true };
    expect(acceptRequest({ ...NEW_DRAFT, reason: '  ' }, alike)).toBeNull();
    const told = acceptRequest({ ...NEW_DRAFT, reason: 'twins, seen both' }, alike);
    expect(told).toEqual({ confirm: 'not-the-same-person', reason: 'twins, seen both' });
    expect(acceptLocalPersonRequestSchema.parse(told)).toEqual(told);
  });
});
