import { percent, range, renderTable } from './table';

describe('renderTable', () => {
  it('lines labels up to the left and cells to the right', () => {
    const text = renderTable({
      title: 'T',
      head: ['model'],
      rows: [
        ['a', '1'],
        ['longer', '22.5'],
      ],
    });

    expect(text.split('\n')).toEqual(['T', '           model', '  a            1', '  longer    22.5']);
  });
});

describe('percent', () => {
  it.each([
    [0.00604, '0.60 %'],
    [0, '0.00 %'],
    [0.0000123, '0.0012 %'],
    [1, '100.00 %'],
    [undefined, '–'],
  ])('shows %d so that a rare rate does not look like none', (rate, text) => {
    expect(percent(rate)).toBe(text);
  });

  it('shows intervals alike', () => {
    expect(range([0.0000004, 0.25])).toBe('[0.00004, 25.00]');
    expect(range(undefined)).toBe('');
  });
});
