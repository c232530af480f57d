import { afterEach, beforeEach, expect, it } from 'vitest';
import { bestOfAnswer, hookClient, post, type HookAnswer } from '../support/hook-client.ts';
import { readExample } from '../support/classify.ts';
import { startKillRig, type KillRig } from '../support/kill-rig.ts';
import { until } from '../support/poll.ts';

let rig: KillRig;
beforeEach(async () => {
  rig = await startKillRig();
}, 120_000);
afterEach(() => rig.stop());

const MESSAGES = 30;

it('kill -9 after 202 loses no message and classifies none twice, bytes that were sent among them', async () => {
  const { taxonomies } = await rig
    .server()
    .graphql<{ taxonomies: { nodes: { id: string }[] } }>(
      '{ taxonomies(first: 1) { nodes { id } } }',
      {},
      rig.key,
    );
  const { hook, secret } = await hookClient(rig.server(), rig.key).createOrThrow({
    name: 'killed',
    scheme: 'BEARER',
    taxonomyId: taxonomies.nodes[0]!.id,
  });
  const send = (index: number, wait: object = {}): Promise<HookAnswer> =>
    post(rig.server().url + hook.url, readExample('two-cats.jpg'), {
      'content-type': 'image/jpeg',
      'webhook-id': `message ${index}`,
      authorization: `Bearer ${secret}`,
      ...wait,
    });
  const pending = async () => (await rig.query("select from inbound_message where state = 'PENDING'")).length;
  const taken: HookAnswer[] = [];
  let interrupted = 0;
  for (let index = 0; index < MESSAGES; index += 1) {
    taken.push(await send(index));
    if (index % 10 !== 9) continue;
    await rig.kill();
    interrupted += await pending();
    await rig.start();
  }
  expect(taken.map(({ status }) => status)).toEqual(taken.map(() => 202));
  await until('every message to be done', async () => (await pending()) === 0, 60_000);
  const answers = await Promise.all(taken.map((_, index) => send(index)));
  console.log(`messages that a kill interrupted: ${interrupted} of ${MESSAGES}`);
  expect(interrupted).toBeGreaterThan(0);
  expect(answers.map(({ status, body }) => [status, body.id, body.classifications])).toEqual(
    taken.map(({ body }) => [200, body.id, body.classifications]),
  );
  expect(new Set(answers.flatMap((answer) => bestOfAnswer(answer))).size).toBe(1);
  expect(
    await rig.query(`select (select count(*)::int from classification) as classifications,
      (select count(*)::int from usage_event) as usage, (select count(*)::int from blob) as blobs`),
  ).toEqual([{ classifications: MESSAGES, usage: MESSAGES, blobs: 0 }]);
}, 300_000);
