import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One value of a gauge, with its labels. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a request was, and how long it took. */
export interface MeasuredRequest {
  readonly method: string;
  /** The route's pattern: never an id, so that there are few. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What this process counts and measures, as Prometheus reads it. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests: Histogram<'method' | 'route' | 'status'>;
  private readonly events: Counter<'kind'>;
  private hasDefaults = false;

  constructor() {
    const registers = [this.registry];
    this.requests = new Histogram({
      name: 'munjigi_http_request_duration_seconds',
      help: 'From the first byte of a request to the last of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.events = new Counter({
      name: 'munjigi_events_stored_total',
      help: 'Events that this process has stored for doors.',
      labelNames: ['kind'],
      registers,
    });
  }

  requestAnswered({ method, route, status, seconds }: MeasuredRequest): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  eventsStored(kind: 'access' | 'door', count: number): void {
    if (count > 0) this.events.inc({ kind }, count);
  }

  /**
   * Adds a gauge whose values are asked for whenever somebody reads the metrics. When it cannot be told, as while the
   * database is away, it has no value then.
   */
  gauge(
    name: `munjigi_${string}`,
    help: string,
    labelNames: string[],
    ask: () => Promise<Sample[]> | Sample[],
  ) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect: async () => {
        gauge.reset();
        const samples = await Promise.resolve()
          .then(ask)
          .catch(() => []);
        // Without labels it would be 0.
        if (samples.length === 0 && labelNames.length === 0) gauge.remove();
        for (const { labels = {}, value } of samples) gauge.set(labels, value);
      },
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything in Prometheus' text format; the process's own figures are counted from the first time on. */
  text(): Promise<string> {
    if (!this.hasDefaults) {
      this.hasDefaults = true;
      collectDefaultMetrics({ register: this.registry });
    }
    return this.registry.metrics();
  }
}
