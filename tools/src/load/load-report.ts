import type { Machine } from '../bench/machine';
import { quantile } from '../bench/statistics';
import type { FleetFigures } from './fleet-protocol';
import type { ProcessorTime } from './processor-time';
import type { ReadFigures } from './reads';
import type { Account } from './verify';

/** Events a second that one server must take, and the p95 that no read may exceed, ms. */
export const TARGETS = { eventsPerSecond: 2_000, readP95Ms: 100 } as const;

/** How long something took. */
export interface Latency {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** How long one kind of read took; a name in parentheses is a yardstick, not a read. */
export interface ReadRow {
  readonly name: string;
  readonly failed: number;
  /** While no events came. */
  readonly quiet: Latency;
  /** While events flowed. */
  readonly busy: Latency;
}

/** All that a run has measured. */
export interface LoadReport {
  readonly machine: Machine;
  /** Processes that wanted a core while the run went on, at most. */
  readonly loadAverageMax: number;
  readonly database: {
    readonly people: number;
    /** After the run. */
    readonly events: number;
    /** Null when it was filled by an earlier run. */
    readonly seedSeconds: number | null;
    readonly gigabytes: number;
  };
  readonly agents: { readonly connected: number; readonly seconds: number };
  readonly flood: {
    readonly eventsPerSecond: number;
    readonly batch: number;
    readonly acknowledged: Latency;
    readonly processorMsPerEvent: ProcessorTime;
    /** What the database alone takes, on one connection. */
    readonly bareCopyEventsPerSecond: number;
  };
  readonly flow: { readonly eventsPerSecond: number; readonly acknowledged: Latency };
  /** Reads under way at once. */
  readonly readers: number;
  readonly reads: readonly ReadRow[];
  /** On the average of all reads while no events came. */
  readonly processorMsPerRead: ProcessorTime;
  readonly brokenConnections: number;
  readonly account: Account;
  readonly serverMemoryMiB: number;
}

/** Two figures that say how long most and nearly all took. */
export function latencyOf(ms: readonly number[]): Latency {
  if (ms.length === 0) return { count: 0, p50Ms: 0, p95Ms: 0 };
  return { count: ms.length, p50Ms: round(quantile(ms, 0.5)), p95Ms: round(quantile(ms, 0.95)) };
}

/** Reads with their latencies. */
export function readRows(quiet: readonly ReadFigures[], busy: readonly ReadFigures[]): ReadRow[] {
  return quiet.map(({ name, failed, ms }, index) => ({
    name,
    failed: failed + busy[index]!.failed,
    quiet: latencyOf(ms),
    busy: latencyOf(busy[index]!.ms),
  }));
}

/** How many reads there were. */
export function countOf(figures: readonly ReadFigures[]): number {
  return figures.reduce((sum, { count }) => sum + count, 0);
}

/** What each of so many took, ms. */
export function each({ server, database }: ProcessorTime, count: number): ProcessorTime {
  const ms = (seconds: number) => (count === 0 ? 0 : Number(((seconds * 1000) / count).toFixed(3)));
  return { server: ms(server), database: ms(database) };
}

/** Events a second of a phase. */
export function rateOf({ acknowledged, seconds }: FleetFigures): number {
  return Math.round(acknowledged / seconds);
}

/** What the run did not reach; empty when it has reached all. */
export function shortcomings(report: LoadReport): string[] {
  const { account, flood, reads } = report;
  return [
    ...(account.lost === 0 ? [] : [`${account.lost} events were lost`]),
    ...(account.doubled + account.sameIds === 0
      ? []
      : [`${account.doubled + account.sameIds} events are doubled`]),
    ...(flood.eventsPerSecond >= TARGETS.eventsPerSecond
      ? []
      : [`${flood.eventsPerSecond} events a second, wanted ${TARGETS.eventsPerSecond}`]),
    ...reads
      .filter(({ quiet, busy }) => Math.max(quiet.p95Ms, busy.p95Ms) > TARGETS.readP95Ms)
      .map(
        ({ name, quiet, busy }) =>
          `${name}: p95 ${quiet.p95Ms}, ${busy.p95Ms} ms, wanted ${TARGETS.readP95Ms}`,
      ),
    ...reads.filter(({ failed }) => failed > 0).map(({ name, failed }) => `${name}: ${failed} failed`),
  ];
}

/** The report as lines for a terminal. */
export function formatLoadReport(report: LoadReport): string[] {
  const { machine, database, agents, flood, flow, account } = report;
  const seeded = database.seedSeconds === null ? 'seeded before' : `seeded in ${database.seedSeconds} s`;
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}; load ${machine.loadAverage} before, up to ${report.loadAverageMax}`,
    `${database.people} people, ${database.events} events, ${database.gigabytes} GB, ${seeded}`,
    `${agents.connected} agents connected in ${agents.seconds} s; server ${report.serverMemoryMiB} MiB`,
    '',
    `${flood.eventsPerSecond} events a second, ${flood.batch} a batch, as fast as the server takes them; ` +
      `the bare database ${flood.bareCopyEventsPerSecond}`,
    `processor time: ${spent(flood.processorMsPerEvent)} an event, ${spent(report.processorMsPerRead)} a read`,
    `${flow.eventsPerSecond} events a second, one by one, while reads were measured, ${report.readers} at once`,
    '',
    row('', ['count', 'p50 ms', 'p95 ms']),
    row('batch acknowledged (flood)', cells(flood.acknowledged)),
    row('batch acknowledged (flow)', cells(flow.acknowledged)),
    '',
    row('', ['count', 'p50 ms', 'p95 ms', 'with events', 'p50 ms', 'p95 ms']),
    ...report.reads.map(({ name, quiet, busy }) => row(name, [...cells(quiet), ...cells(busy)])),
    '',
    `${report.brokenConnections} connections broken with a batch on its way; ` +
      `${account.lost} events lost, ${account.doubled + account.sameIds} doubled`,
    ...shortcomings(report).map((shortcoming) => `✗ ${shortcoming}`),
  ];
}

function spent({ server, database }: ProcessorTime): string {
  return `${server} ms of the server and ${database} ms of the database`;
}

function row(name: string, columns: readonly string[]): string {
  return name.padEnd(28) + columns.map((column) => column.padStart(12)).join('');
}

function cells({ count, p50Ms, p95Ms }: Latency): string[] {
  return [String(count), p50Ms.toFixed(1), p95Ms.toFixed(1)];
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
