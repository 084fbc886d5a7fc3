import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until';

/** Takes datagrams, and prints each in a line. */
const RECEIVER = `use Socket; $| = 1; socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die; bind($s, pack_sockaddr_un($ARGV[0])) or die;
  while (defined recv($s, my $m, 4096, 0)) { next if $m eq ''; $m =~ s/\\n/ /g; print "$m\\n" }`;

/** What systemd's program does, where it is not installed. */
const TELLER = `#!/usr/bin/perl
use Socket; socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die;
send($s, join("\\n", @ARGV), 0, pack_sockaddr_un($ENV{NOTIFY_SOCKET})) or die;
`;

/** A socket at which an agent tells how it is, as systemd has one. Perl, which every Debian has, holds it. */
export class NotifySocket {
  readonly path: string;
  /** PATH under which `systemd-notify` is found: systemd's own, or a stand-in. */
  readonly searchPath: string;
  readonly #receiver: ChildProcess;
  readonly #told: string[] = [];

  constructor(directory: string) {
    this.path = join(directory, 'notify');
    const isInstalled = spawnSync('systemd-notify', ['--version']).status === 0;
    if (!isInstalled) {
      writeFileSync(join(directory, 'systemd-notify'), TELLER);
      chmodSync(join(directory, 'systemd-notify'), 0o755);
    }
    this.searchPath = `${process.env.PATH}${isInstalled ? '' : `:${directory}`}`;
    this.#receiver = spawn('perl', ['-e', RECEIVER, this.path], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#receiver.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.#told.push(...text.split('\n').filter((line) => line !== ''));
    });
  }

  /** Waits until the socket is there. */
  async listens(): Promise<void> {
    await until(() => existsSync(this.path), { what: 'the socket' });
  }

  /** How often this was said so far. */
  count(word: 'READY=1' | 'WATCHDOG=1' | 'STOPPING=1'): number {
    return this.#told.filter((message) => message.includes(word)).length;
  }

  close(): void {
    this.#receiver.kill('SIGKILL');
  }
}
