import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { createBlobStore } from './bulk/blob-store.ts';
import { createJobLinks } from './bulk/job-links.ts';
import { BULK_QUEUES } from './bulk/job-queue.ts';
import { registerBulkJobs, startBulkRetention } from './bulk/jobs.ts';
import { ChangeFeed } from './changes/change-feed.ts';
import { createImageFetcher } from './classification/image-fetcher.ts';
import { createImageLinks } from './classification/kept-images.ts';
import { startRetention } from './classification/retention.ts';
import { ConfigError, type Config } from './config.ts';
import type { Services } from './context.ts';
import { createPrisma } from './database/connect.ts';
import { openDatabase, type OpenDatabaseOptions } from './database/open-database.ts';
import { AppError } from './errors.ts';
import { DELIVERY_QUEUES } from './events/delivery-queues.ts';
import { createEventLog } from './events/event-log.ts';
import { Explorer } from './explorer/explorer.ts';
import { seedDemo, type Demo } from './first-start/seed-demo.ts';
import { prepareOperatorKey, type OperatorKey } from './first-start/operator-key.ts';
import { createPayloadSelections } from './graphql/payload-selections.ts';
import { startGraphqlServer } from './graphql/server.ts';
import { loadTrustedDocuments } from './graphql/trusted-documents.ts';
import { createHttpApp } from './http.ts';
import { createIdentify } from './http/identify.ts';
import { listen } from './http/listen.ts';
import { RequestGate } from './http/request-gate.ts';
import { INBOUND_QUEUES } from './inbound/inbound-queue.ts';
import { registerInboundJobs, startInboundRetention } from './inbound/jobs.ts';
import { loadModels, startInference, type Inference } from './inference/index.ts';
import { addDefaultModel, reportLines } from './inference/models/store/index.ts';
import { startQueue, type Queue } from './jobs/queue.ts';
import { LIVE_LIMITS } from './limits.ts';
import type { LiveLimits } from './live/connections.ts';
import { createLive, type Live } from './live/live.ts';
import { createLogger } from './logger.ts';
import { startRollUp } from './metering/roll-up.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { network as realNetwork, type Network } from './outbound/network.ts';
import { createOutbound, type Outbound } from './outbound/outbound.ts';
import { TAXONOMY_QUEUES } from './taxonomy/embed-queue.ts';
import { createExportLinks } from './taxonomy/files/export-labels.ts';
import { registerTaxonomyJobs } from './taxonomy/jobs.ts';
import { createMatrixCache } from './taxonomy/matrix.ts';
import { AccessTokens, prepareTokenSecret } from './tenancy/access-tokens.ts';
import { createAuthenticator } from './tenancy/authenticate.ts';
import { KnownTenants } from './tenancy/known-tenants.ts';
import { QuotaGate } from './tenancy/quota-gate.ts';
import { createTenantDb, type TenantDb } from './tenancy/tenant-db.ts';
import { createVault } from './tenancy/vault.ts';
import { registerWebhookJobs } from './webhooks/jobs.ts';
import { startWebhookRetention } from './webhooks/retention.ts';
import type { Clock } from './webhooks/schedule.ts';

export interface StartOptions {
  /** Lines for the person who waits for the start. Default: none. */
  onProgress?: (line: string) => void;
  /** Whether GraphiQL is built and served. Default: true. */
  explorer?: boolean;
  /** How outgoing requests look names up and connect. Default: the network of this machine. */
  network?: Network;
  /** What time it is to deliveries. Default: that of this machine. */
  clock?: Clock;
  /** How long a decoder may take over an image, in milliseconds. Default: 10,000. */
  decodeTimeoutMs?: number;
  /** Other limits of subscriptions. Default: LIVE_LIMITS. */
  live?: Partial<LiveLimits>;
  /** What else the database must be: throws where it is not. Default: nothing, for databases that tests throw away. */
  checkDatabase?: (applicationUrl: string) => Promise<void>;
}

export interface App {
  /** Where this process listens, base path included. */
  url: string;
  /** The same as clients reach it. */
  publicUrl: string;
  services: Services;
  operatorKey: OperatorKey;
  /** What was made for the first look; null where the configuration leaves it out. */
  demo: Demo | null;
  /** Lets requests in flight be answered, then ends children, queue and database. */
  stop(): Promise<void>;
}

/** Starts everything that answers requests. What was started is stopped again where a later step fails. */
export async function startApp(config: Config, options: StartOptions = {}): Promise<App> {
  await using started = new AsyncDisposableStack();
  const server = await listen(config);
  started.defer(() => server.stop());
  const services = await startServices(config, { ...options, use: 'own' }, started);
  await startJobs(services, options, started);
  const demo = config.demo ? await seedDemo(services, options.onProgress) : null;
  // Last of what can fail: a start that fails after it would leave a key that nobody has seen.
  const operatorKey = await prepareOperatorKey(services.db, config.operatorKey);
  const explorer = options.explorer === false ? null : new Explorer({ ...config, logger: services.logger });
  if (explorer) started.defer(() => explorer.stop());
  const limits = { ...LIVE_LIMITS, ...options.live };
  const { handler, live } = await createHandler(services, operatorKey, { explorer, limits });
  server.serve(handler, live.upgrade);
  started.defer(() => server.stop()); // first of all: what is in flight still needs everything else
  started.defer(() => live.stop()); // it would be in flight for ever

  const running = started.move();
  const publicUrl = config.publicUrl ?? server.url;
  return { url: server.url, publicUrl, services, operatorKey, demo, stop: () => running.disposeAsync() };
}

/** Starts what runs jobs, without HTTP: any number of them beside the process that answers. */
export async function startWorker(config: Config, options: StartOptions = {}): Promise<Pick<App, 'stop'>> {
  await using started = new AsyncDisposableStack();
  const services = await startServices(config, { ...options, use: 'shared' }, started);
  await startJobs(services, options, started);

  const running = started.move();
  return { stop: () => running.disposeAsync() };
}

/** What goes on beside requests. */
async function startJobs(
  services: Services,
  { clock }: StartOptions,
  started: AsyncDisposableStack,
): Promise<void> {
  await registerTaxonomyJobs(services);
  await registerWebhookJobs(services, { clock });
  await registerBulkJobs(services);
  await registerInboundJobs(services);
  const sweeps = [
    startRetention,
    startWebhookRetention,
    startBulkRetention,
    startInboundRetention,
    startRollUp,
  ];
  for (const start of sweeps) {
    const sweep = start(services);
    started.defer(() => sweep.stop());
  }
}

async function startServices(
  config: Config,
  {
    onProgress = () => {},
    network = realNetwork,
    checkDatabase,
    decodeTimeoutMs,
    use,
  }: StartOptions & DatabaseUse,
  started: AsyncDisposableStack,
): Promise<Services> {
  const logger = createLogger(config);
  const metrics = createMetrics();
  const [applicationUrl, inference] = await startTogether(
    startDatabase(config, { logger, onProgress, checkDatabase, use }, started),
    startModel(config, { logger, metrics, onProgress, decodeTimeoutMs }, started),
  );
  const db = connect(applicationUrl, logger, started);
  const changes = new ChangeFeed({ applicationUrl, logger });
  await changes.start();
  started.defer(() => changes.stop());
  const secret = await prepareTokenSecret(db);
  const accessTokens = new AccessTokens(secret);
  const exportLinks = createExportLinks(secret);
  const jobLinks = createJobLinks(secret);
  const imageLinks = createImageLinks(secret);
  const queue = await connectQueue(applicationUrl, logger, started);
  const outbound = openOutbound(config, network, started);
  const imageFetcher = createImageFetcher({ outbound, maxImageBytes: config.maxImageBytes });
  const matrices = createMatrixCache({ db, budgetBytes: config.matrixCacheBytes });
  metrics.watch({ db, inference, matrices, queue });
  const services: Services = {
    config,
    db,
    accessTokens,
    exportLinks,
    jobLinks,
    imageLinks,
    blobs: createBlobStore({ db }),
    knownTenants: new KnownTenants(),
    queue,
    events: createEventLog(queue),
    changes,
    vault: createVault({ key: config.encryptionKey, dataDir: config.dataDir }),
    payloads: createPayloadSelections(() => services),
    gate: new RequestGate(metrics.observer),
    inference,
    outbound,
    imageFetcher,
    matrices,
    quotas: new QuotaGate(db),
    metrics,
    logger,
  };
  return services;
}

/** Two slow steps side by side. Where one fails, the other is let to its end, so that it can be stopped. */
async function startTogether<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

interface Reporting {
  logger: Logger;
  onProgress: (line: string) => void;
}

/** What answers runs its database itself, so that nobody else's end is its own; a worker works beside it. */
type DatabaseUse = Required<Pick<OpenDatabaseOptions, 'use'>>;

async function startDatabase(
  config: Config,
  { checkDatabase, ...options }: Reporting & DatabaseUse & Pick<StartOptions, 'checkDatabase'>,
  started: AsyncDisposableStack,
): Promise<string> {
  const database = await openDatabase({ ...config, ...options });
  started.defer(() => database.stop());
  await checkDatabase?.(database.applicationUrl);
  return database.applicationUrl;
}

type ModelOptions = { metrics: Metrics } & Pick<StartOptions, 'decodeTimeoutMs'>;

async function startModel(
  config: Config,
  { logger, metrics, onProgress, decodeTimeoutMs }: Reporting & ModelOptions,
  started: AsyncDisposableStack,
): Promise<Inference> {
  await addDefaultModel(config, reportLines(onProgress)).catch(refuseModel);
  const models = await loadModels(config, logger).catch(refuseModel);
  const [{ name }] = models;
  const processes = `${config.encoders} encoder${config.encoders === 1 ? '' : 's'}`;
  onProgress(`Starting the model ${name} (${processes})...`);
  const inference = await startInference({
    ...config,
    models,
    executionProviders: [...config.executionProviders],
    ...(decodeTimeoutMs !== undefined && { decodeTimeoutMs }),
    logger,
    observer: metrics.observer,
  }).catch(refuseModel);
  started.defer(() => inference.stop());
  return inference;
}

function openOutbound(
  { allowedPrivateTargets }: Config,
  network: Network,
  started: AsyncDisposableStack,
): Outbound {
  const outbound = createOutbound(allowedPrivateTargets, network);
  started.defer(() => outbound.stop());
  return outbound;
}

function connect(url: string, logger: Logger, started: AsyncDisposableStack): TenantDb {
  const prisma = createPrisma({ url, logger });
  started.defer(() => prisma.$disconnect());
  return createTenantDb(prisma);
}

/** A model that is not there, or does not run, is for a person to mend: another start would end the same. */
function refuseModel(error: unknown): never {
  if (error instanceof AppError) throw new ConfigError(error.message, { cause: error });
  throw error;
}

async function connectQueue(
  applicationUrl: string,
  logger: Logger,
  started: AsyncDisposableStack,
): Promise<Queue> {
  const queue = await startQueue({
    applicationUrl,
    logger,
    queues: { ...TAXONOMY_QUEUES, ...DELIVERY_QUEUES, ...BULK_QUEUES, ...INBOUND_QUEUES },
  });
  started.defer(() => queue.stop());
  return queue;
}

async function createHandler(
  services: Services,
  { hash }: OperatorKey,
  { explorer, limits }: { explorer: Explorer | null; limits: LiveLimits },
): Promise<{ handler: RequestListener; live: Live }> {
  const { config } = services;
  const apollo = await startGraphqlServer(services.logger, config);
  const authenticator = createAuthenticator({ ...services, operatorKeyHash: hash });
  const documents = loadTrustedDocuments(config.trustedDocumentsDir);
  const identify = createIdentify(authenticator, config);
  const live = createLive({ services, identify, documents, limits });
  const handler = createHttpApp({ services, identify, apollo, documents, live, explorer });
  return { handler, live };
}
