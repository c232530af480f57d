import { toUuid } from '../../src/ids.ts';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { readExample } from './classify.ts';
import { startImageServer, type ImageServer } from './image-server.ts';
import { jobClient } from './job-client.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from './seed.ts';
import { startTestApp, type TestApp } from './start-app.ts';

export const cat = readExample('one-cat.png');
export const dog = readExample('one-dog.jpg');
export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

export type JobTenant = SeededTenant & {
  uuid: string;
  taxonomy: SeededTaxonomy;
  jobs: ReturnType<typeof jobClient>;
};

/** A server, and one beside it whose images jobs fetch: `/dog…`, others are cats, `/broken…` is 404, `/hang…` hangs. */
export interface JobRig {
  app: TestApp;
  images: ImageServer;
  /** Requests that hang. */
  held(): number;
  /** Whether what is broken is there meanwhile. */
  mended: boolean;
  /** With the taxonomy `animals` of cat and dog. */
  makeTenant(name: string): Promise<JobTenant>;
  /** Of today. */
  usageOf(key: string): Promise<object>;
  blobsOf(tenant: JobTenant): Promise<number>;
  /** Lets go of what hangs, and breaks what was mended. */
  reset(): void;
  stop(): Promise<void>;
}

const USAGE = `query ($from: DateTime!, $to: DateTime!) {
  usage(from: $from, to: $to, by: DAY) { total { images classifications } } }`;
const DAY_MS = 86_400_000;

export async function startJobRig(): Promise<JobRig> {
  const held: (() => void)[] = [];
  const images = await startImageServer((path, response) => {
    if (path.startsWith('/hang')) held.push(() => response.destroy());
    else if (path.startsWith('/broken') && !rig.mended) response.writeHead(404).end();
    else response.end(path.startsWith('/dog') ? dog : cat);
  });
  const app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
  const rig: JobRig = {
    app,
    images,
    held: () => held.length,
    mended: false,
    async makeTenant(name) {
      const tenant = await seed(app).withTenant(name).withTaxonomy(['cat', 'dog']);
      return { ...tenant, uuid: toUuid('tenant', tenant.id)!, jobs: jobClient(app, tenant.key) };
    },
    async usageOf(key) {
      const variables = { from: new Date(), to: new Date(Date.now() + DAY_MS) };
      return (await app.graphql<{ usage: { total: object } }>(USAGE, variables, key)).usage.total;
    },
    blobsOf: ({ uuid }) => app.services.db.withTenant(uuid, (tx) => tx.blob.count()),
    reset() {
      for (const release of held.splice(0)) release();
      rig.mended = false;
    },
    async stop() {
      await app.stop();
      await images.stop();
    },
  };
  return rig;
}
