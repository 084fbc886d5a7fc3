import { Injectable } from '@nestjs/common';

/** Somebody who is told that they will be suspended. */
export interface IdlePerson {
  readonly id: string;
  readonly name: string;
  /** Null where none is known. */
  readonly email: string | null;
  readonly dueAt: Date;
}

/** Tells people that they will be suspended; the notice itself is a row, whether or not anybody could be told. */
@Injectable()
export abstract class IdleNotifier {
  /** Must not throw for one person's sake: nobody is suspended any later for it. */
  abstract tell(people: readonly IdlePerson[]): Promise<void>;
}

/** Tells nobody: for a deployment that sends no mail. */
@Injectable()
export class SilentIdleNotifier extends IdleNotifier {
  tell(): Promise<void> {
    return Promise.resolve();
  }
}
