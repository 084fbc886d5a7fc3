import { NEW_PERSON, belongsAtDoors, changedFields, fieldsAfter } from './person-fields';

const person = {
  ...NEW_PERSON,
  name: 'Kim Minji',
  department: 'Laboratory',
  customFields: { locker: 17, shirt: 'M' },
};

describe('the fields of a person after a request', () => {
  it('are those that it names; the others stay, and null takes away', () => {
    const after = fieldsAfter(person, { department: null, phone: '+82 2', customFields: { shirt: null } });
    expect(after).toEqual({ ...person, department: null, phone: '+82 2', customFields: { locker: 17 } });
    expect(changedFields(person, after).sort()).toEqual(['customFields', 'department', 'phone']);
  });

  it('do not count as changed when they are said again', () => {
    const again = { ...person, customFields: { shirt: 'M', locker: 17 } };
    expect(changedFields(person, fieldsAfter(person, { name: person.name }))).toEqual([]);
    expect(changedFields(person, again)).toEqual([]);
  });

  it('need a reason for a status that shuts out, and lose it with that status', () => {
    expect(() => fieldsAfter(person, { status: 'blocked' })).toThrow('reason is missing');
    const blocked = fieldsAfter(person, { status: 'blocked', statusReason: 'Left' });
    expect(blocked.statusReason).toBe('Left');
    expect(fieldsAfter(blocked, { department: 'Sales' }).statusReason).toBe('Left');
    expect(() => fieldsAfter(blocked, { status: 'suspended' })).toThrow('reason is missing');
    expect(fieldsAfter(blocked, { status: 'active' }).statusReason).toBeNull();
  });

  it('do not let a validity end before it begins', () => {
    const validFrom = '2026-10-02T00:00:00Z';
    for (const validUntil of ['2026-10-01T00:00:00Z', validFrom]) {
      expect(() => fieldsAfter(person, { validFrom, validUntil })).toThrow('ends before it begins');
    }
  });
});

describe('belongsAtDoors', () => {
  const [before, from, within, until] = ['09', '10', '11', '12'].map(
    (hour) => new Date(`2026-10-01T${hour}:00:00Z`),
  ) as [Date, Date, Date, Date];
  const bounded = { status: 'active', validFrom: from, validUntil: until } as const;

  it('holds from the first instant to before the last', () => {
    expect([before, from, within, until].map((at) => belongsAtDoors(bounded, at))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('holds for ever without bounds, and never for who is suspended or blocked', () => {
    expect(belongsAtDoors({ status: 'active', validFrom: null, validUntil: null }, within)).toBe(true);
    for (const status of ['suspended', 'blocked'] as const)
      expect(belongsAtDoors({ ...bounded, status }, within)).toBe(false);
  });
});
