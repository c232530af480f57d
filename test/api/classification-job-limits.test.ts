import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createJob } from '../../src/bulk/create-job.ts';
import { toId } from '../../src/ids.ts';
import type { TenantDb } from '../../src/tenancy/tenant-db.ts';
import { withClient } from '../support/database.ts';
import { base64, cat, startJobRig, type JobRig } from '../support/job-rig.ts';

let rig: JobRig;
beforeAll(async () => {
  rig = await startJobRig();
});
afterEach(() => rig.reset());
afterAll(() => rig?.stop());

describe('a classification job', () => {
  it('is refused where nothing can come of it', async () => {
    const { jobs } = await rig.makeTenant('refused');
    const item = { source: { base64: base64(cat) } };
    for (const [input, code, path] of [
      [{}, 'INVALID_INPUT', ['items']],
      [{ items: [] }, 'INVALID_INPUT', ['items']],
      [{ items: [item], taxonomies: [{ by: { name: 'absent' } }] }, 'NOT_FOUND', ['taxonomies', '0', 'by']],
      [{ items: [item], topK: 101 }, 'INVALID_INPUT', ['topK']],
    ] as const) {
      expect((await jobs.create(input)).userErrors).toMatchObject([{ code, path }]);
    }
    const good = '{"url":"https://a.example/1.png"}\n';
    for (const [text, message] of [
      [`${good}{"path":"/etc"}`, 'Line 2'],
      [`${good}{"url":"https://a.example/1.png","reference":"\\u0000"}`, 'Line 2'],
      [good.repeat(10_001), 'more than 10000 items'],
      [`{"base64":"","metadata":{"a":[${'1,'.repeat(300_000)}1]}}`, 'more than 300000 values'],
      [' '.repeat(16_000_001), 'A file of items has at most 16000000 bytes'],
    ] as const) {
      const { userErrors } = await jobs.create({ file: null }, { 'variables.input.file': new Blob([text]) });
      expect(userErrors).toMatchObject([
        { code: 'INVALID_INPUT', path: ['file'], message: expect.stringContaining(message) },
      ]);
    }
  });

  it('has up to 19 others of its tenant beside it, also where many are made at once', async () => {
    const { jobs } = await rig.makeTenant('busy');
    const items = [{ source: { url: rig.images.url('/hang/busy') } }];
    const made = await Promise.allSettled(Array.from({ length: 25 }, () => jobs.begin({ items })));
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(refused).toHaveLength(5);
    for (const reason of refused) expect(reason).toContain('RATE_LIMITED');
    const begun = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    await jobs.cancel(begun[0]!);
    await expect(jobs.begin({ items })).resolves.toMatchObject({ state: 'RUNNING' });
    await expect(jobs.retry(begun[0]!)).rejects.toThrow('RATE_LIMITED');
    for (const id of begun) await jobs.cancel(id);
  });

  it('waits while a rate has no room, and says which items a month had none for', async () => {
    const { key, jobs, id: tenantId } = await rig.makeTenant('limited');
    const setQuotas = (quotas: object) =>
      rig.app.graphql(
        'mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { userErrors { code } } }',
        { input: { id: tenantId, quotas } },
        rig.app.operatorKey,
      );
    await setQuotas({ imagesPerMinute: 60 });
    const itemsOf = (count: number) =>
      Array.from({ length: count }, () => ({ source: { base64: base64(cat) } }));
    const slow = await jobs.begin({ items: itemsOf(61) });
    expect((await jobs.ended(slow.id)).counts).toMatchObject({ succeeded: 61, failed: 0 });
    await setQuotas({ imagesPerMinute: null, imagesPerMonth: 70 });
    const refused = await jobs.begin({ items: itemsOf(10) });
    expect((await jobs.ended(refused.id)).counts).toMatchObject({ succeeded: 0, failed: 10 });
    expect((await jobs.items(refused.id))[0]!.outcomes).toEqual([{ code: 'QUOTA_EXCEEDED' }]);
    await setQuotas({ imagesPerMonth: null });
    await jobs.retry(refused.id);
    expect((await jobs.ended(refused.id)).counts).toMatchObject({ succeeded: 10, failed: 0 });
    expect(await rig.usageOf(key)).toEqual({ images: 71, classifications: 71 });
  });

  it('has no more bytes in memory at once than a request or two', async () => {
    const { blobs } = rig.app.services;
    const read = blobs.read;
    const reads: number[] = [];
    const spied = vi.spyOn(blobs, 'read').mockImplementation(async (tenantId, ids) => {
      const contents = await read(tenantId, ids);
      reads.push(contents.values().reduce((sum, { length }) => sum + length, 0));
      return contents;
    });
    const { jobs } = await rig.makeTenant('large');
    const large = Buffer.concat([cat, Buffer.alloc(7_000_000)]); // what follows the image is not looked at
    const items = Array.from({ length: 5 }, () => ({ source: { upload: null } }));
    const files = items.map((_, index) => [`variables.input.items.${index}.source.upload`, large]);
    const { id } = await jobs.begin(
      { items },
      Object.fromEntries(files) as Record<string, Uint8Array<ArrayBuffer>>,
    );
    expect((await jobs.ended(id)).counts).toMatchObject({ succeeded: 5, failed: 0 });
    spied.mockRestore();
    expect(Math.max(...reads)).toBeLessThan(16_000_000);
  }, 60_000);

  it('ends also where one of its items can never be recorded, and fails that one alone', async () => {
    await withClient(rig.app.database.superuserUrl, (client) =>
      client.query(`
        create function refuse_poison() returns trigger language plpgsql as $$ begin raise exception 'poison'; end $$;
        create trigger poison before insert on classification for each row when (new.reference = 'poison')
          execute function refuse_poison()`),
    );
    const { key, jobs } = await rig.makeTenant('poisoned');
    const source = { base64: base64(cat) };
    const items = Array.from({ length: 20 }, (_, index) => ({
      source,
      reference: index === 3 ? 'poison' : null,
    }));
    const { id } = await jobs.begin({ items });
    expect((await jobs.ended(id)).counts).toMatchObject({ succeeded: 19, failed: 1 });
    const [failed] = await jobs.items(id, { state: 'FAILED' });
    expect(failed).toMatchObject({ index: 3, outcomes: [{ code: 'INTERNAL' }] });
    expect(await rig.usageOf(key)).toEqual({ images: 19, classifications: 19 });
  }, 60_000);

  it('has its images also where the connection breaks as it is committed', async () => {
    const tenant = await rig.makeTenant('broken off');
    const { services } = rig.app;
    const withTenant: TenantDb['withTenant'] = async (id, work, options) => {
      let isJob = false;
      const result = await services.db.withTenant(
        id,
        async (tx) => {
          const before = await tx.classificationJob.count();
          const done = await work(tx);
          isJob = (await tx.classificationJob.count()) > before;
          return done;
        },
        options,
      );
      if (isJob) throw new Error('the connection broke');
      return result;
    };
    const owner = { tenantId: tenant.uuid, apiKeyId: tenant.uuid, requestId: 'r' };
    const create = (name: string, db = services.db) =>
      createJob({ ...services, db }, owner, {
        items: [{ content: { base64: base64(cat) }, reference: null, metadata: null }],
        taxonomies: [{ by: { name }, version: null }],
        topK: 5,
        minScore: null,
        language: null,
        promptLanguage: null,
        idempotencyKey: 'once',
      });
    await expect(create('animals', { ...services.db, withTenant })).rejects.toThrow('the connection broke');
    const { id } = await create('animals');
    expect((await tenant.jobs.ended(toId('job', id))).counts).toMatchObject({ total: 1, succeeded: 1 });
  });
});
