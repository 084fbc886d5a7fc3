import fc from 'fast-check';
import { bytesOf, RtspReader, type RtspPart } from './rtsp-reader';

const message = {
  start: 'RTSP/1.0 200 OK',
  headers: [
    ['CSeq', '2'],
    ['Content-Length', '5'],
  ],
  body: 'v=0\r\n',
};
const parts: Buffer[] = [
  bytesOf({ start: 'OPTIONS rtsp://a/b RTSP/1.0', headers: [['CSeq', '1']], body: Buffer.alloc(0) }),
  Buffer.from([0x24, 0, 0, 3, 1, 0x0d, 0x0a]),
  bytesOf({
    ...message,
    headers: [
      ['CSeq', '2'],
      ['Content-Length', '5'],
    ],
    body: Buffer.from(message.body),
  }),
  Buffer.from([0x24, 1, 0, 0]),
];

describe('RtspReader', () => {
  it('gives messages and packets as they were sent, however they are cut', () => {
    const stream = Buffer.concat(parts);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 }), (lengths) => {
        const reader = new RtspReader();
        const read: RtspPart[] = [];
        let at = 0;
        for (const length of [...lengths, stream.length]) {
          read.push(...reader.push(stream.subarray(at, at + length)));
          at += length;
        }
        expect(read.map((part) => ('packet' in part ? part.packet : bytesOf(part.message)))).toEqual(parts);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['another protocol', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['a head without an end', 'RTSP/1.0 200 OK\r\n'.repeat(2000)],
    ['a body larger than any description', 'RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n'],
  ])('refuses %s', (_, text) => {
    expect(() => new RtspReader().push(Buffer.from(text))).toThrow(/does not speak RTSP/);
  });
});
