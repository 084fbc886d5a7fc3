import type { ManagedProcess } from './managed-process';

const RESTART_PAUSE_MS = [500, 1000, 2000, 5000, 10_000];
const STEADY_MS = 30_000;

/**
 * Keeps processes running: one that ends by itself is started again after a growing pause, as a service manager would.
 */
export class Supervisor {
  private readonly processes: ManagedProcess[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopped = false;

  /** @param onRestart hears of each end that nobody asked for, before the restart */
  constructor(private readonly onRestart: (process: ManagedProcess, exitCode: number) => void) {}

  /** Starts a process and keeps it running. */
  run(process: ManagedProcess): void {
    this.processes.push(process);
    this.start(process, 0);
  }

  /** Ends all, the last started first, each with time to finish what it does. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    for (const process of [...this.processes].reverse()) await process.stop();
  }

  private start(process: ManagedProcess, attempt: number): void {
    const startedAt = performance.now();
    process.start((exitCode) => {
      if (this.stopped) return;
      this.onRestart(process, exitCode);
      const next = performance.now() - startedAt > STEADY_MS ? 0 : attempt;
      const pauseMs = RESTART_PAUSE_MS[Math.min(next, RESTART_PAUSE_MS.length - 1)];
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        if (!this.stopped) this.start(process, next + 1);
      }, pauseMs);
      this.timers.add(timer);
    });
  }
}
