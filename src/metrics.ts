import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { ErrorCode } from './errors.ts';
import type { Inference, InferenceObserver } from './inference/index.ts';
import type { Backlog, Queue } from './jobs/queue.ts';
import { createProbe } from './probe.ts';
import type { MatrixCache } from './taxonomy/matrix.ts';
import type { TenantDb } from './tenancy/tenant-db.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Nobody needs a credential to ask; and whoever scrapes gives up after ten seconds. */
const DATABASE_PROBE = { rememberedMs: 1_000, limitMs: 3_000 };
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128];

interface WatchedSources {
  db: TenantDb;
  inference: Inference;
  matrices: MatrixCache;
  queue: Queue;
}

export interface Metrics {
  /** Counters of one process, for Prometheus. No label ever names a tenant. */
  registry: Registry;
  /** Given to `startInference`, which calls it as it works. */
  observer: InferenceObserver;
  countRequest(request: { route: string; method: string; status: number; durationMs: number }): void;
  /** OK, or the code of the ClassificationError. */
  countOutcome(code: ErrorCode | 'OK'): void;
  /** A subscription has begun; call what it gives when it ends. */
  countSubscription(transport: Transport): () => void;
  /** A client was closed because it did not take what it was sent. */
  countSlowClient(transport: Transport): void;
  /** One HTTP request of a webhook delivery, made by this process. */
  countAttempt(attempt: { wasTaken: boolean; durationMs: number }): void;
  /** What is read only when somebody asks. */
  watch(sources: WatchedSources): void;
}

/** How subscriptions are served. */
export type Transport = 'websocket' | 'sse';

/** Each app counts for itself, so that two in one process (tests) do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'taxolens_http_request_duration_seconds',
    help: 'Answered HTTP requests.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers,
  });
  const outcomes = new Counter({
    name: 'taxolens_classification_outcomes_total',
    help: 'Outcomes of an image under a taxonomy: OK, or the code of its error.',
    labelNames: ['code'],
    registers,
  });
  const subscriptions = new Gauge({
    name: 'taxolens_open_subscriptions',
    help: 'Subscriptions that are open now.',
    labelNames: ['transport'],
    registers,
  });
  const slowClients = new Counter({
    name: 'taxolens_slow_clients_total',
    help: 'Clients of subscriptions that were closed because they did not take what they were sent.',
    labelNames: ['transport'],
    registers,
  });
  const attempts = new Histogram({
    name: 'taxolens_webhook_attempt_duration_seconds',
    help: 'HTTP requests of webhook deliveries, by whether the endpoint took the event.',
    labelNames: ['taken'],
    buckets: SECONDS,
    registers,
  });
  return {
    registry,
    observer: createObserver(registers),
    countRequest: ({ durationMs, ...labels }) => requests.observe(labels, durationMs / 1000),
    countOutcome: (code) => outcomes.inc({ code }),
    countSubscription(transport) {
      subscriptions.inc({ transport });
      return () => subscriptions.dec({ transport });
    },
    countSlowClient: (transport) => slowClients.inc({ transport }),
    countAttempt: ({ wasTaken, durationMs }) => attempts.observe({ taken: `${wasTaken}` }, durationMs / 1000),
    watch: (sources) => watchSources(registry, sources),
  };
}

function createObserver(registers: Registry[]): InferenceObserver {
  const duration = (name: string, help: string) => new Histogram({ name, help, buckets: SECONDS, registers });
  const decode = duration(
    'taxolens_decode_duration_seconds',
    'Decoding of an image, the wait for a decoder included.',
  );
  const wait = duration('taxolens_encode_wait_seconds', 'Wait of a decoded image for an encoder.');
  const encode = new Histogram({
    name: 'taxolens_encode_duration_seconds',
    help: 'One batch in an encoder.',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers,
  });
  const batchSize = new Histogram({
    name: 'taxolens_batch_size',
    help: 'Items in a batch.',
    labelNames: ['kind'],
    buckets: BATCH_SIZES,
    registers,
  });
  const overloads = new Counter({
    name: 'taxolens_overloads_total',
    help: 'Requests refused because the queue was full.',
    registers,
  });
  return {
    onImage({ decodeMs, queueMs }) {
      decode.observe(decodeMs / 1000);
      wait.observe(queueMs / 1000);
    },
    onBatch({ kind, size, encodeMs }) {
      batchSize.observe({ kind }, size);
      encode.observe({ kind }, encodeMs / 1000);
    },
    onOverload: () => overloads.inc(),
  };
}

function watchSources(registry: Registry, { db, inference, matrices, queue }: WatchedSources): void {
  const database = { name: 'taxolens_database_up', help: '1 where the database answers now, else 0.' };
  const answers = createProbe(() => db.withOperator((tx) => tx.$queryRaw`select 1`), DATABASE_PROBE);
  registry.registerMetric(gauge(database, async (self) => self.set((await answers()) ? 1 : 0)));
  const read = (name: string, help: string, value: () => number) =>
    registry.registerMetric(gauge({ name, help }, (self) => self.set(value())));
  read(
    'taxolens_queued_items',
    'Images and text chunks that wait for a child.',
    () => inference.stats().queued,
  );
  read('taxolens_admitted_images', 'Images admitted, not yet answered.', () => inference.stats().admitted);
  read('taxolens_matrix_cache_bytes', 'Bytes of cached taxonomy matrices.', () => matrices.stats().bytes);
  read('taxolens_matrix_cache_hits', 'Matrices found in the cache so far.', () => matrices.stats().hits);
  read(
    'taxolens_matrix_cache_loads',
    'Matrices read from the database so far.',
    () => matrices.stats().loads,
  );

  read('taxolens_encoder_loads', 'Times that an encoder was loaded, so far.', () => inference.stats().loads);
  read(
    'taxolens_model_memory_bytes',
    'Memory of the encoders that are loaded, as last measured.',
    () => inference.stats().modelMemoryBytes,
  );

  watchQueue(registry, queue);
  const restarts = {
    name: 'taxolens_child_restarts',
    help: 'Ends of children that nobody asked for, so far.',
  };
  registry.registerMetric(
    gauge({ ...restarts, labelNames: ['kind'] }, (self) => {
      for (const [kind, count] of Object.entries(inference.stats().restarts)) self.set({ kind }, count);
    }),
  );
  const info = { name: 'taxolens_model_info', help: 'Always 1: a model, its state and provider in use.' };
  registry.registerMetric(
    gauge({ ...info, labelNames: ['model', 'revision', 'state', 'provider'] }, (self) => {
      self.reset();
      for (const { id, revision, state, provider = 'none' } of inference.models) {
        self.set({ model: id, revision, state, provider }, 1);
      }
    }),
  );
}

/** Where the database does not answer there is no figure: `taxolens_database_up` says why. */
function watchQueue(registry: Registry, queue: Queue): void {
  const about = { name: 'taxolens_jobs', help: 'Background jobs that are not done, by queue and state.' };
  let backlog: Backlog[] = [];
  const answers = createProbe(async () => (backlog = await queue.backlog()), DATABASE_PROBE);
  registry.registerMetric(
    gauge({ ...about, labelNames: ['queue', 'state'] }, async (self) => {
      self.reset();
      if (!(await answers())) return;
      for (const { queue: name, ...counts } of backlog) {
        for (const [state, count] of Object.entries(counts)) self.set({ queue: name, state }, count);
      }
    }),
  );
}

/** A gauge that is read at the moment when somebody asks for it. */
function gauge(
  about: { name: string; help: string; labelNames?: string[] },
  read: (self: Gauge) => void | Promise<void>,
): Gauge {
  return new Gauge({
    ...about,
    registers: [],
    collect() {
      return read(this);
    },
  });
}
