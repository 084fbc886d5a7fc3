const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const UINT32 = 2 ** 32;

/**
 * Random numbers that a seed determines: the same seed gives the same numbers on every machine.
 *
 * @see Chris Doty-Humphrey's sfc32, from the PractRand suite
 */
export class Random {
  private a: number;
  private b: number;
  private c = 0x9e3779b9;
  private counter = 1;

  constructor(seed: number) {
    this.a = seed >>> 0;
    this.b = Math.floor(seed / UINT32) >>> 0;
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** From 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** From 0, and below 1. */
  unit(): number {
    return this.uint32() / UINT32;
  }

  /** A whole number from 0, and below `bound`. */
  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A UUID of version 7 of that moment, ms since 1970. */
  uuid(ms: number): string {
    const [low, high] = [ms % UINT32, Math.floor(ms / UINT32)];
    const [first, second, third] = [this.uint32(), this.uint32(), this.uint32()];
    return (
      `${byte(high, 8)}${byte(high, 0)}${byte(low, 24)}${byte(low, 16)}-${byte(low, 8)}${byte(low, 0)}-` +
      `${HEX[0x70 | (first & 0x0f)]}${byte(first, 8)}-${HEX[0x80 | (second & 0x3f)]}${byte(second, 8)}-` +
      `${byte(second, 16)}${byte(second, 24)}${byte(third, 0)}${byte(third, 8)}${byte(third, 16)}${byte(third, 24)}`
    );
  }
}

function byte(word: number, shift: number): string {
  return HEX[(word >>> shift) & 0xff] as string;
}
