import type { PushedEvent } from '@munjigi/contracts';
import type { EventDraft } from '../ports/event-store';
import { eventDraft } from '../testing/drafts';
import { readableLog } from '../testing/log-lines';
import { EventBook } from './event-book';

/** A store with room for so many events. */
class Paper {
  readonly written: string[] = [];

  constructor(public room: number) {}

  append<E extends PushedEvent>(draft: EventDraft<E>): E {
    if (this.room === 0) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    this.room -= 1;
    this.written.push(draft.id);
    return { ...draft, sequence: this.written.length } as unknown as E;
  }
}

describe('EventBook', () => {
  const setUp = (room: number, { reserve = 0, heldMax = 3 } = {}) => {
    const paper = new Paper(room);
    const { log, lines } = readableLog();
    const written = { times: 0 };
    const makeRoom = jest.fn(() => {
      paper.room += reserve;
      return reserve > 0;
    });
    const onWritten = (): void => void (written.times += 1);
    return {
      paper,
      lines,
      written,
      makeRoom,
      book: new EventBook({ events: paper, log, makeRoom, onWritten, heldMax }),
    };
  };

  it('writes with the room that was in reserve', () => {
    const { book, paper, makeRoom } = setUp(0, { reserve: 1 });
    expect(book.append(eventDraft())).toMatchObject({ sequence: 1 });
    expect(makeRoom).toHaveBeenCalledTimes(1);
    expect(paper.written).toHaveLength(1);
  });

  it('holds what cannot be written, and writes it in its order before anything newer', () => {
    const { book, paper, written } = setUp(0);
    const drafts = [eventDraft(), eventDraft(), eventDraft()];
    const [first, second, third] = drafts as [EventDraft, EventDraft, EventDraft];
    expect(book.appendOrHold(first)).toBeNull();
    expect(book.appendOrHold(second)).toBeNull();
    paper.room = 1;
    expect(() => book.append(third)).toThrow('full');
    expect(paper.written).toEqual([first.id]);
    paper.room = 5;
    expect(book.append(third)).toMatchObject({ sequence: 3 });
    expect(paper.written).toEqual(drafts.map(({ id }) => id));
    expect(book.heldCount).toBe(0);
    expect(written.times).toBe(1);
  });

  it('writes what is held when it is tried again, and tells that it did', () => {
    const { book, paper, written } = setUp(0);
    book.appendOrHold(eventDraft());
    book.retry();
    expect(written.times).toBe(0);
    paper.room = 1;
    book.retry();
    expect([written.times, paper.written.length, book.heldCount]).toEqual([1, 1, 0]);
  });

  it('holds so many and no more, and says how many it could not', () => {
    const { book, paper, lines } = setUp(0, { heldMax: 2 });
    for (let count = 0; count < 5; count += 1) book.appendOrHold(eventDraft());
    paper.room = 9;
    book.retry();
    expect(paper.written).toHaveLength(2);
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'held events are written', events: 2, lost: 3 }),
    );
  });

  it('gives up no reserve for an event that no disk could take', () => {
    const { book, makeRoom } = setUp(1, { reserve: 1 });
    expect(() => book.append(null as unknown as EventDraft)).toThrow(TypeError);
    expect(makeRoom).not.toHaveBeenCalled();
  });
});
