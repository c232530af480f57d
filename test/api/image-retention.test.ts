import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteOldJobs } from '../../src/bulk/jobs.ts';
import { deleteExpiredEmbeddings } from '../../src/classification/retention.ts';
import { withClient } from '../support/database.ts';
import { base64, cat, startJobRig, type JobRig } from '../support/job-rig.ts';

let rig: JobRig;
beforeAll(async () => {
  rig = await startJobRig();
  await withClient(rig.app.database.superuserUrl, (client) =>
    client.query(`
      create function refuse_many() returns trigger language plpgsql as $$ begin
        if (select count(*) from gone) > tg_argv[0]::int then raise exception 'too many rows at once'; end if;
        return null;
      end $$;
      create trigger few after delete on blob referencing old table as gone
        for each statement execute function refuse_many(10);
      create trigger few after delete on image_embedding referencing old table as gone
        for each statement execute function refuse_many(1000);
      create trigger few after delete on classification_job referencing old table as gone
        for each statement execute function refuse_many(10)`),
  );
});
afterAll(() => rig?.stop());

// A transaction has ten seconds: one that deletes everything would never end where there is much.
it('deletes however much has expired, some at a time', async () => {
  const { jobs, uuid } = await rig.makeTenant('much');
  const { id } = await jobs.begin({ items: [{ source: { base64: base64(cat) } }] });
  await jobs.ended(id);
  await withClient(rig.app.database.superuserUrl, async (client) => {
    await client.query(
      `insert into blob (tenant_id, id, data, size_bytes, expires_at)
       select $1, gen_random_uuid(), 'x', 1, now() from generate_series(1, 120)`,
      [uuid],
    );
    await client.query(
      `insert into image_embedding (tenant_id, image_revision, image_sha256, embedding, created_at)
       select $1, 'r', int8send(n), 'x', now() from generate_series(1, 2500) n`,
      [uuid],
    );
    await client.query(
      `insert into classification_job (tenant_id, id, api_key_id, request_id, state, settings, item_count,
         created_at, started_at, finished_at)
       select tenant_id, gen_random_uuid(), api_key_id, request_id, state, settings, 1, created_at, started_at,
         finished_at - interval '1 minute' from classification_job, generate_series(1, 25) where tenant_id = $1`,
      [uuid],
    );
  });
  const { db, blobs } = rig.app.services;
  const soon = new Date(Date.now() + 1_000);
  expect(await blobs.sweep(soon)).toBe(120);
  expect(await deleteExpiredEmbeddings(db, soon)).toBe(2_500);
  expect(await deleteOldJobs({ db }, new Date(Date.now() - 30_000))).toBe(25);
  expect(await jobs.read(id)).toMatchObject({ state: 'COMPLETED' });
});

it('ends a job at once however much its images take, and deletes them some at a time', async () => {
  const tenant = await rig.makeTenant('heavy');
  const items = Array.from({ length: 45 }, () => ({ source: { base64: base64(cat) } }));
  const { id } = await tenant.jobs.begin({
    items: [{ source: { url: rig.images.url('/hang/heavy') } }, ...items],
  });
  expect(await tenant.jobs.cancel(id)).toMatchObject({
    job: { state: 'CANCELLED', counts: { cancelled: 46 } },
  });
  expect(await rig.blobsOf(tenant)).toBe(0);
  rig.reset();
});
