import type { DiagnosticsLine } from '@munjigi/contracts';
import type { Logger } from 'pino';

const LINES_MAX = 200;
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Remembers the newest lines of a log: what they say, and never what they are about. */
export class RecentLog {
  #lines: DiagnosticsLine[] = [];

  /** Oldest first. */
  get lines(): readonly DiagnosticsLine[] {
    return this.#lines;
  }

  /** A log that writes what `log` does and is remembered here. */
  follow(log: Logger): Logger {
    return new Proxy(log, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        const level = LEVELS.find((each) => each === name);
        if (!level || typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (target.isLevelEnabled(level)) this.#note(level, args);
          Reflect.apply(value, target, args);
        };
      },
    });
  }

  #note(level: DiagnosticsLine['level'], args: readonly unknown[]): void {
    const [facts, message] = typeof args[0] === 'string' ? [{}, args[0]] : [args[0], args[1]];
    const code: unknown = (facts as { code?: unknown } | null)?.code;
    this.#lines.push({
      at: new Date().toISOString(),
      level,
      // Messages are constant; what they are about stands in the fields, which are left out.
      message: typeof message === 'string' ? message.slice(0, 200) : '',
      code: typeof code === 'string' ? code.slice(0, 100) : null,
    });
    if (this.#lines.length > LINES_MAX) this.#lines = this.#lines.slice(-LINES_MAX);
  }
}
