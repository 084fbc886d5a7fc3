import { type CustomField, type Person, personSchema } from '@munjigi/contracts';
import { changeOfDraft, draftOfPerson } from './person-draft';

const GROUP = '018f0000-0000-7000-8000-000000000009';
const person: Person = personSchema.parse({
  id: '018f0000-0000-7000-8000-000000000001',
  name: 'Ada',
  department: 'Engineering',
  customFields: { locker: 12, badge: 'Blue' },
  groups: [{ id: GROUP, name: 'Staff' }],
  validUntil: '2026-12-31T14:59:59.999Z',
  templates: [],
  portraitUrl: null,
  createdAt: '2026-10-01T00:00:00.000Z',
  updatedAt: '2026-10-01T00:00:00.000Z',
});
const field = (key: string, type: CustomField['type']): CustomField => ({
  key,
  type,
  label: key,
  choices: [],
  position: 0,
});
const fields = [field('locker', 'number'), field('badge', 'choice')];
const draft = draftOfPerson(person);

describe('a person in a form', () => {
  it('changes nothing where nothing was touched, not even the seconds of a time', () => {
    expect(changeOfDraft(person, draft, fields)).toEqual({});
  });

  it('names what was touched, and takes away what was emptied', () => {
    const change = changeOfDraft(
      person,
      { ...draft, name: ' Ada L. ', department: ' ', groupIds: [], validUntil: '' },
      fields,
    );
    expect(change).toEqual({ name: 'Ada L.', department: null, groupIds: [], validUntil: null });
  });

  it('names the custom fields that were touched alone, numbers as numbers', () => {
    const change = changeOfDraft(person, { ...draft, customFields: { locker: '13', badge: '' } }, fields);
    expect(change).toEqual({ customFields: { locker: 13, badge: null } });
  });
});
