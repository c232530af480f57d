import type { Logger } from 'pino';
import type { ImageFetcher } from './classification/image-fetcher.ts';
import type { BlobStore } from './bulk/blob-store.ts';
import type { JobLinks } from './bulk/job-links.ts';
import type { ChangeFeed } from './changes/change-feed.ts';
import type { ImageLinks } from './classification/kept-images.ts';
import type { Config } from './config.ts';
import type { EventLog } from './events/event-log.ts';
import type { GateStay, RequestGate } from './http/request-gate.ts';
import type { Inference } from './inference/index.ts';
import type { Queue } from './jobs/queue.ts';
import type { Metrics } from './metrics.ts';
import type { Outbound } from './outbound/outbound.ts';
import type { Loaders } from './resolvers/loaders.ts';
import type { ExportLinks } from './taxonomy/files/export-labels.ts';
import type { MatrixCache } from './taxonomy/matrix.ts';
import type { AccessTokens } from './tenancy/access-tokens.ts';
import type { KnownTenants } from './tenancy/known-tenants.ts';
import type { QuotaGate } from './tenancy/quota-gate.ts';
import type { TenantDb } from './tenancy/tenant-db.ts';
import type { Vault } from './tenancy/vault.ts';
import type { Viewer } from './tenancy/viewer.ts';
import type { PayloadSelections } from './webhooks/payload-selections.ts';

/** What lives as long as the process, made once in `app.ts`. */
export interface Services {
  config: Config;
  db: TenantDb;
  accessTokens: AccessTokens;
  exportLinks: ExportLinks;
  jobLinks: JobLinks;
  imageLinks: ImageLinks;
  blobs: BlobStore;
  knownTenants: KnownTenants;
  queue: Queue;
  events: EventLog;
  changes: ChangeFeed;
  vault: Vault;
  payloads: PayloadSelections;
  gate: RequestGate;
  inference: Inference;
  outbound: Outbound;
  imageFetcher: ImageFetcher;
  matrices: MatrixCache;
  quotas: QuotaGate;
  metrics: Metrics;
  logger: Logger;
}

/** What one GraphQL request sees. */
export interface Context {
  requestId: string;
  viewer: Viewer;
  services: Services;
  loaders: Loaders;
  logger: Logger;
  /** What the request's body takes in memory, counted as it came. */
  bodyBytes: number;
  /** Of a request that has passed the gate already; null: it does so where it brings images. */
  gateStay: GateStay | null;
  /** What the client prefers to be answered in; it decides the status of a refused document. */
  mediaType: 'application/json' | 'application/graphql-response+json';
  /** Aborted when the client has left. */
  signal: AbortSignal;
  /** Of a subscription only. */
  stream?: StreamPlace;
}

/** How far the client of a subscription has come. */
export interface StreamPlace {
  /** The last event that it has had on an earlier connection, as the transport says. */
  lastEventId: string | null;
  /** The id of the event that comes next, where its kind can be taken up again. */
  eventId: string | null;
}
