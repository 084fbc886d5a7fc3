import { execFile } from 'node:child_process';
import type { Logger } from 'pino';
import { messageOf } from '../../domain/agent-error';
import type { Supervisor, SupervisorWord } from '../../ports/supervisor';

/** How systemd is reached, as it says itself. */
export interface SystemdConfig {
  /** A unix datagram socket. */
  readonly socket: string;
  /** Null: the service has no `WatchdogSec`. */
  readonly patienceMs: number | null;
}

const TELL_LIMIT_MS = 5_000;

/** What is said for each word; that it is ready is said again, in case it was not heard. */
const SAID: Readonly<Record<SupervisorWord, readonly string[]>> = {
  ready: ['READY=1'],
  alive: ['READY=1', 'WATCHDOG=1'],
  stopping: ['STOPPING=1'],
};

/**
 * Tells systemd by its own program `systemd-notify`: Node opens no unix datagram socket, and the packages that do have
 * to be compiled. The service needs `NotifyAccess=all`.
 */
export class SystemdSupervisor implements Supervisor {
  readonly #config: SystemdConfig;
  readonly #searchPath: string;
  readonly #log: Logger;
  #isFailing = false;

  constructor(options: { config: SystemdConfig; searchPath: string; log: Logger }) {
    this.#config = options.config;
    this.#searchPath = options.searchPath;
    this.#log = options.log;
  }

  get patienceMs(): number | null {
    return this.#config.patienceMs;
  }

  tell(word: SupervisorWord): void {
    const env = { PATH: this.#searchPath, NOTIFY_SOCKET: this.#config.socket };
    execFile('systemd-notify', SAID[word], { env, timeout: TELL_LIMIT_MS }, (error) => {
      if (error && !this.#isFailing)
        this.#log.error({ word, reason: messageOf(error) }, 'systemd cannot be told how the agent is');
      this.#isFailing = error !== null;
    });
  }
}
