import { execFile, spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
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

/** Sends each line of its input to a socket, a word of it a line of the datagram; ends with its input. */
const TELLER = String.raw`use Socket; socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!\n"; my $to = $ARGV[0]; $to =~ s/^@/\0/;
while (my $words = <STDIN>) { chomp $words; $words =~ s/ /\n/g;
  defined send($s, $words, 0, pack_sockaddr_un($to)) or die "send: $!\n" }`;

/**
 * Tells systemd how the agent is, through a small Perl that lives as long as the agent: Node opens no unix datagram
 * socket, and the packages that do have to be compiled. Every Debian and Ubuntu has Perl; without it each word is said by
 * `systemd-notify`, whose words a systemd before 246 may lose, as it asks who spoke when that process is gone. The
 * service needs `NotifyAccess=all`.
 */
export class SystemdSupervisor implements Supervisor {
  readonly #config: SystemdConfig;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #log: Logger;
  #teller: ChildProcess | null = null;
  #hasPerl = true;
  #isFailing = false;

  constructor(options: { config: SystemdConfig; searchPath: string; log: Logger }) {
    this.#config = options.config;
    this.#environment = { PATH: options.searchPath, NOTIFY_SOCKET: options.config.socket };
    this.#log = options.log;
  }

  get patienceMs(): number | null {
    return this.#config.patienceMs;
  }

  tell(word: SupervisorWord): void {
    if (!this.#hasPerl) {
      this.#tellOnce(word);
      return;
    }
    this.#teller ??= this.#startTeller(word);
    this.#teller.stdin?.write(`${SAID[word].join(' ')}\n`);
    // The last word: nothing is left that could hold up the end.
    if (word === 'stopping') this.#teller.stdin?.end();
  }

  /** @param word is said otherwise where there is no Perl */
  #startTeller(word: SupervisorWord): ChildProcess {
    const teller = spawn('perl', ['-e', TELLER, this.#config.socket], {
      env: this.#environment,
      stdio: ['pipe', 'ignore', 'pipe'],
      // Ctrl-C in a terminal is not for it: it says the last word.
      detached: true,
    });
    // It never keeps the agent from ending, and ends with it.
    teller.unref();
    for (const end of [teller.stdin, teller.stderr]) (end as Socket).unref();
    let said = '';
    teller.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-500)));
    // It is gone: that is told by its end.
    teller.stdin.on('error', () => undefined);
    teller.on('error', (error: NodeJS.ErrnoException) => {
      this.#teller = null;
      if (error.code === 'ENOENT') this.#hasPerl = false;
      this.#tellOnce(word);
    });
    teller.on('exit', (code) => {
      if (this.#teller === teller) this.#teller = null;
      if (code !== 0) this.#failed(word, said.trim() || `perl ended (${code})`);
    });
    return teller;
  }

  #tellOnce(word: SupervisorWord): void {
    const options = { env: this.#environment, timeout: TELL_LIMIT_MS };
    execFile('systemd-notify', SAID[word], options, (error) => {
      if (error) this.#failed(word, messageOf(error));
      else this.#isFailing = false;
    });
  }

  /** Tells once, not at every word. */
  #failed(word: SupervisorWord, reason: string): void {
    if (!this.#isFailing) this.#log.error({ word, reason }, 'systemd cannot be told how the agent is');
    this.#isFailing = true;
  }
}
