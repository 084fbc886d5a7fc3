import { parse } from 'csv-parse/sync';
import { csvLine } from './csv-line';

describe('csvLine', () => {
  it('is read again as it was', () => {
    const cells = ['plain', 'with "quotes"', 'two\nlines', 'a,b', ''];
    expect(parse(csvLine(cells))).toEqual([cells]);
    expect(csvLine([1, null, 'x'])).toBe('1,,x\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@x', '\tx', '＝1+1'])('lets no spreadsheet run %j', (cell) => {
    expect(csvLine([cell])).toBe(`'${cell}\r\n`);
  });
});
