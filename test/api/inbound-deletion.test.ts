import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from 'pg';
import { toUuid } from '../../src/ids.ts';
import { acceptMessage } from '../../src/inbound/accept-message.ts';
import { withClient } from '../support/database.ts';
import { hookClient } from '../support/hook-client.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant & { taxonomy: { id: string } };
let tenantId: string;
let hooks: ReturnType<typeof hookClient>;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat']);
  tenantId = toUuid('tenant', tenant.id)!;
  hooks = hookClient(app, tenant.key);
});
afterAll(() => app.stop());

const make = async () => {
  const { hook } = await hooks.createOrThrow({ name: 'cms', taxonomyId: tenant.taxonomy.id });
  return { hook, hookId: toUuid('hook', hook.id)! };
};
const asSuperuser = <T>(work: (client: Client) => Promise<T>) => withClient(app.database.superuserUrl, work);

/** `count` messages that no job is about, each with bytes that are kept. */
const fill = (client: Client, hookId: string, count: number) =>
  client.query(
    `with bytes as (
      insert into blob (tenant_id, id, data, size_bytes, expires_at)
      select $1::uuid, gen_random_uuid(), 'x', 1, now() + interval '1 day' from generate_series(1, $3::int) returning id
    )
    insert into inbound_message (tenant_id, id, hook_id, sender_id, fingerprint, request_id, created_at, images)
    select $1::uuid, gen_random_uuid(), $2::uuid, id::text, 'x', 'r', now(),
      jsonb_build_array(jsonb_build_object('id', id, 'content', jsonb_build_object('blobId', id)))
    from bytes`,
    [tenantId, hookId, count],
  );
const left = (client: Client) =>
  client
    .query<{ messages: number; blobs: number; hooks: number }>(
      `select (select count(*)::int from inbound_message) as messages, (select count(*)::int from blob) as blobs,
        (select count(*)::int from inbound_hook) as hooks`,
    )
    .then(({ rows }) => rows[0]);

it('a hook goes with all its messages and the bytes that wait', async () => {
  const { hook, hookId } = await make();
  await asSuperuser((client) => fill(client, hookId, 2_500));
  expect((await hooks.remove({ id: hook.id })).deletedId).toBe(hook.id);
  expect(await asSuperuser(left)).toEqual({ messages: 0, blobs: 0, hooks: 0 });
  expect((await hooks.remove({ id: hook.id })).userErrors[0]!.code).toBe('NOT_FOUND');
});

it('a hook is deleted while one of its messages comes to its end', async () => {
  const { hook, hookId } = await make();
  await asSuperuser(async (client) => {
    await fill(client, hookId, 1);
    await client.query('begin');
    await client.query(`update inbound_message set state = 'COMPLETED', finished_at = now()`);
    const removal = hooks.remove({ id: hook.id });
    await until('the deletion to wait for the message', () => isWaited(client));
    await client.query('delete from blob');
    await client.query('commit');
    expect(await removal).toMatchObject({ deletedId: hook.id, userErrors: [] });
    expect(await left(client)).toEqual({ messages: 0, blobs: 0, hooks: 0 });
  });
});

it('a message that comes as its hook goes is told that there is none', async () => {
  const { hook, hookId } = await make();
  const row = await read(hookId);
  await hooks.remove({ id: hook.id });
  const images = [{ source: { url: 'http://nowhere.invalid/' }, reference: null, metadata: null }];
  await expect(
    acceptMessage(app.services, row, { senderId: '1', requestId: 'r', images }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

async function isWaited(client: Client): Promise<boolean> {
  const { rows } = await client.query('select from pg_locks where not granted');
  return rows.length > 0;
}

function read(id: string) {
  return app.services.db.withTenant(tenantId, (tx) =>
    tx.inboundHook.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }),
  );
}
