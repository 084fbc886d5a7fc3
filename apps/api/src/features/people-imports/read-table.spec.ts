import { describeTable, readTable } from './read-table';

const read = (text: string) => readTable(Buffer.from(text));

describe('a table', () => {
  it.each([
    [',', 'Name,ID\nAda,1\n'],
    [';', 'Name;ID\r\nAda;1\r\n'],
    ['\t', 'Name\tID\nAda\t1'],
    ['|', '"Na,me, of,all"|ID\nAda|1'],
  ])('separated by %j is read', (separator, text) => {
    expect(read(text)).toMatchObject({ separator, rows: [['Ada', '1']] });
  });

  it('keeps quotes, line ends and separators that are within quotes', () => {
    const { rows } = read('Name,Note\n"Kim, ""Min"" ji","two\nlines"\n');
    expect(rows).toEqual([['Kim, "Min" ji', 'two\nlines']]);
  });

  it('has as many cells a row as columns; empty lines are none', () => {
    expect(read('A,B,C\n1\n\n,,\n1,2,3,4\n').rows).toEqual([
      ['1', '', ''],
      ['1', '2', '3'],
    ]);
  });

  it('tells which columns it recognises, in Korean too', () => {
    expect(describeTable(read('사번,이름,E-Mail,Shoe size\n1,김,x@y.z,40')).suggested).toEqual({
      employeeNumber: '사번',
      name: '이름',
      email: 'E-Mail',
      customFields: {},
    });
  });

  it.each([
    '',
    '\n\n',
    'A,A\n1,2',
    'Name\n"never closed',
    `${Array.from({ length: 201 }, (_, i) => i).join(',')}\n`,
  ])('is refused when it is none (%#)', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'imports/unreadable-table' }));
  });

  it('is refused with too many rows', () => {
    expect(() => read(`Name\n${'x\n'.repeat(100_001)}`)).toThrow(
      expect.objectContaining({ code: 'imports/too-many-rows', kind: 'too-large' }),
    );
  });
});
