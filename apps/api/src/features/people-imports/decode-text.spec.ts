import { encode } from 'iconv-lite';
import { decodeText, detectEncoding } from './decode-text';

const TEXT = '이름,사번\r\n김민지,17\r\n똠방각하,18\r\n';

describe('a table’s text', () => {
  it.each([
    ['utf-8', { addBOM: false }],
    ['utf-8', { addBOM: true }],
    ['utf-16le', { addBOM: true }],
    ['utf-16be', { addBOM: true }],
    ['utf-16le', { addBOM: false }],
    ['utf-16be', { addBOM: false }],
    ['cp949', { addBOM: false }],
  ] as const)('in %s (%j) is recognised and read', (encoding, options) => {
    const bytes = encode(TEXT, encoding, options);
    expect(detectEncoding(bytes)).toBe(encoding);
    expect(decodeText(bytes, encoding)).toBe(TEXT);
  });

  it('of the west is recognised where Korean makes no sense', () => {
    const bytes = encode('Name\r\nGroß\xff\r\nFranÇois\r\n', 'windows-1252');
    expect(detectEncoding(bytes)).toBe('windows-1252');
  });

  it('that is in parts written letter by letter is put together', () => {
    expect(decodeText(Buffer.from('김'.normalize('NFD')), 'utf-8')).toBe('김');
  });

  it('is refused when it is none', () => {
    expect(() => decodeText(Buffer.from([0x41, 0xff, 0x41]), 'utf-8')).toThrow(
      expect.objectContaining({ code: 'imports/unreadable-text' }),
    );
    expect(() => decodeText(Buffer.from('a\0b'), 'utf-8')).toThrow('cannot be read');
  });
});
