import { importPlanSchema, type GroupId } from '@munjigi/contracts';
import { missingColumns, rowRequest, type RowReader } from './row-request';
import { instantOf } from './zoned-day';

const GROUP = '0198c2f0-7a3b-7c11-8a44-000000000031' as GroupId;
const reader: RowReader = {
  columns: ['Name', 'No', 'Mail', 'From', 'Until', 'Groups', 'Photo', 'Locker', 'Colour'],
  plan: importPlanSchema.parse({
    mapping: {
      name: 'Name',
      employeeNumber: 'No',
      email: 'Mail',
      validFrom: 'From',
      validUntil: 'Until',
      groups: 'Groups',
      photos: 'Photo',
      customFields: { locker: 'Locker', colour: 'Colour' },
    },
    timeZone: 'Asia/Seoul',
  }),
  fields: [
    { key: 'locker', type: 'number' },
    { key: 'colour', type: 'text' },
  ],
  groups: [{ id: GROUP, name: 'Crew' }],
};

describe('rowRequest', () => {
  it('understands a full row', () => {
    const cells = [
      'Kim',
      '17',
      'a@b.example',
      '2026-10-01',
      '2026.12.31',
      'Crew',
      'a.jpg; b.jpg',
      '1,5',
      '7',
    ];
    expect(rowRequest(cells, reader)).toEqual({
      photos: ['a.jpg', 'b.jpg'],
      request: {
        name: 'Kim',
        siteId: null,
        employeeNumber: '17',
        email: 'a@b.example',
        validFrom: '2026-09-30T15:00:00.000Z',
        validUntil: '2026-12-31T15:00:00.000Z',
        groupIds: [GROUP],
        customFields: { locker: 1.5, colour: '7' },
      },
    });
  });

  it('leaves out what a row leaves empty', () => {
    expect(rowRequest(['Kim', '', '', '', '', '', '', '', ''], reader)).toEqual({
      photos: [],
      request: { name: 'Kim', siteId: null },
    });
  });

  it('names all that is wrong at once', () => {
    const found = rowRequest(['', '17', 'nobody', 'soon', '', 'Nowhere', '', '', ''], reader);
    const fields = 'problems' in found ? found.problems.map(({ field }) => field) : [];
    expect(fields.sort()).toEqual(['email', 'groups', 'name', 'validFrom']);
  });

  it('tells which columns there are not', () => {
    expect(missingColumns(reader)).toEqual([]);
    expect(missingColumns({ ...reader, columns: ['Name', 'No', 'Locker'] })).toContain('Colour');
  });
});

describe('instantOf', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', false, '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', true, '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', true, '2026-10-25T23:00:00.000Z'],
    ['2028-02-29', 'UTC', true, '2028-03-01T00:00:00.000Z'],
    ['2026-1-5', 'UTC', false, '2026-01-05T00:00:00.000Z'],
    ['2026-01-05T10:00+09:00', 'UTC', false, '2026-01-05T01:00:00.000Z'],
  ])('reads %s in %s (last day: %s) as %s', (value, timeZone, end, expected) => {
    expect(instantOf(value, { timeZone, end })).toBe(expected);
  });

  it.each(['2026-02-30', '31.12.2026', 'soon', '2026-01-05T99:00Z', ''])('does not read %j', (value) => {
    expect(instantOf(value, { timeZone: 'UTC', end: false })).toBeNull();
  });
});
