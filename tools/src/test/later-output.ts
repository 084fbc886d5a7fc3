import { Writable } from 'node:stream';

/**
 * Keeps what is written to it, and shows all of it from the moment that it is asked to: two programs that run side by
 * side are read one after the other.
 */
export class LaterOutput extends Writable {
  private kept: Buffer[] = [];
  private target: NodeJS.WritableStream | undefined;

  /** Shows there what was kept, and from now on whatever comes. */
  show(target: NodeJS.WritableStream): void {
    this.target = target;
    for (const chunk of this.kept.splice(0)) target.write(chunk);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.target) this.target.write(chunk);
    else this.kept.push(chunk);
    done();
  }
}
