import { FaceCoreError } from '../../errors';

/** What a pickle of this kind may hold: bytes and booleans, in lists and tuples. */
export type PickledValue = Uint8Array | boolean | number | PickledValue[];

/** A mark on the stack, or a value. */
type StackItem = PickledValue | typeof MARK;

const MARK = Symbol('mark');

/**
 * Reads a Python pickle that holds nothing but bytes, booleans and small whole numbers in lists and tuples.
 *
 * A pickle is a program; this runs only the instructions that build such values, so that no file can do anything
 * else. Byte strings are views of `pickle`, not copies.
 *
 * @throws {FaceCoreError} `evaluate/bad-pickle` for any other instruction, or when the file ends early
 * @see Python's pickletools for the instructions, protocols 2 to 5
 */
export function readPickle(pickle: Uint8Array): PickledValue {
  return new PickleReader(pickle).read();
}

class PickleReader {
  readonly #view: DataView;
  readonly #stack: StackItem[] = [];
  readonly #memo = new Map<number, PickledValue>();
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): PickledValue {
    for (;;) {
      const opcode = this.#unsigned(1);
      if (opcode === STOP) return this.#pop();
      const step = STEPS.get(opcode);
      if (!step) throw this.#bad(`instruction 0x${opcode.toString(16)} is not allowed`);
      step(this.#machine);
    }
  }

  readonly #machine: Machine = {
    unsigned: (width) => this.#unsigned(width),
    skip: (width) => void this.#take(width),
    take: (length) => this.#take(length),
    line: () => this.#line(),
    push: (item) => void this.#stack.push(item),
    pop: () => this.#pop(),
    popToMark: () => this.#popToMark(),
    top: () => this.#list(),
    remember: (index) => void this.#memo.set(index ?? this.#memo.size, this.#top()),
    recall: (index) => {
      const value = this.#memo.get(index);
      if (value === undefined) throw this.#bad(`value ${index} was never stored`);
      this.#stack.push(value);
    },
  };

  #unsigned(width: 1 | 2 | 4 | 8): number {
    const at = this.#at;
    this.#take(width);
    if (width === 1) return this.#view.getUint8(at);
    if (width === 2) return this.#view.getUint16(at, true);
    return width === 4 ? this.#view.getUint32(at, true) : Number(this.#view.getBigUint64(at, true));
  }

  #take(length: number): Uint8Array {
    if (this.#at + length > this.bytes.length) throw this.#bad('it ends early');
    const taken = this.bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  #line(): string {
    const end = this.bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#bad('it ends early');
    const text = new TextDecoder().decode(this.#take(end - this.#at));
    this.#take(1);
    return text;
  }

  #pop(): PickledValue {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #top(): PickledValue {
    const item = this.#stack.at(-1);
    if (item === undefined || item === MARK) throw this.#bad('a value is missing');
    return item;
  }

  #list(): PickledValue[] {
    const value = this.#top();
    if (!Array.isArray(value)) throw this.#bad('a list is missing');
    return value;
  }

  #popToMark(): PickledValue[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw this.#bad('a mark is missing');
    const values = this.#stack.splice(mark);
    return values.slice(1) as PickledValue[];
  }

  #bad(reason: string): FaceCoreError {
    return new FaceCoreError(
      'evaluate/bad-pickle',
      `The pickle is not a plain list of bytes and booleans: at byte ${this.#at}, ${reason}.`,
    );
  }
}

/** What an instruction may do. */
interface Machine {
  unsigned(width: 1 | 2 | 4 | 8): number;
  skip(width: number): void;
  take(length: number): Uint8Array;
  line(): string;
  push(item: StackItem): void;
  pop(): PickledValue;
  popToMark(): PickledValue[];
  top(): PickledValue[];
  /** Without an index: the next free one. */
  remember(index?: number): void;
  recall(index: number): void;
}

const STOP = 0x2e;

const STEPS: ReadonlyMap<number, (machine: Machine) => void> = new Map<number, (machine: Machine) => void>([
  [0x80, (on) => on.skip(1)], // protocol
  [0x95, (on) => on.skip(8)], // frame
  [0x28, (on) => on.push(MARK)],
  [0x5d, (on) => on.push([])], // empty list
  [0x61, (on) => appendTo(on, [on.pop()])], // append
  [0x65, (on) => appendTo(on, on.popToMark())], // appends
  [0x74, (on) => on.push(on.popToMark())], // tuple
  [0x86, (on) => on.push([on.pop(), on.pop()].reverse())], // tuple of two
  [0x42, (on) => on.push(on.take(on.unsigned(4)))], // bytes
  [0x43, (on) => on.push(on.take(on.unsigned(1)))],
  [0x8e, (on) => on.push(on.take(on.unsigned(8)))],
  [0x54, (on) => on.push(on.take(on.unsigned(4)))], // a Python 2 string, which was bytes
  [0x55, (on) => on.push(on.take(on.unsigned(1)))],
  [0x88, (on) => on.push(true)],
  [0x89, (on) => on.push(false)],
  [0x4b, (on) => on.push(on.unsigned(1))], // whole number of one byte
  [0x49, (on) => on.push(textNumber(on.line()))], // boolean or number as text
  [0x71, (on) => on.remember(on.unsigned(1))], // put in the memo
  [0x72, (on) => on.remember(on.unsigned(4))],
  [0x94, (on) => on.remember()],
  [0x68, (on) => on.recall(on.unsigned(1))], // get from the memo
  [0x6a, (on) => on.recall(on.unsigned(4))],
]);

function appendTo(on: Machine, values: readonly PickledValue[]): void {
  const list = on.top();
  // A spread of tens of thousands would overflow the stack.
  for (const value of values) list.push(value);
}

function textNumber(text: string): PickledValue {
  if (text === '01') return true;
  return text === '00' ? false : Number(text);
}
