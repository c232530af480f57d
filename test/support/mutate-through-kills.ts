import { toId } from '../../src/ids.ts';
import { classify, readExample } from './classify.ts';
import type { KillRig } from './kill-rig.ts';
import { seededInteger } from './list-tree.ts';
import { until } from './poll.ts';
import { webhookClient } from './webhook-client.ts';

export interface MutationOutcome {
  /** By API key (as the names of the clients), what each client's own ledger has. */
  ledger: Record<string, number>;
  /** The same as `usage` says. */
  usage: Record<string, number>;
  classifications: number;
  /** Classifications without an event; events without a classification; events that never came. */
  untold: number;
  invented: number;
  lost: number;
  /** Requests whose connection broke. */
  broken: number;
  /** Of those, the ones whose classification was there nonetheless. */
  committed: number;
}

const WORKERS = 6;
const image = readExample('one-cat.png');

/** Classifies image after image with two keys while the server is killed; each client keeps a ledger of its own. */
export async function mutateThroughKills(
  rig: KillRig,
  { mutations, kills }: { mutations: number; kills: number },
): Promise<MutationOutcome> {
  const random = seededInteger(mutations);
  await webhookClient(rig.server(), rig.key).createOrThrow({
    url: rig.receiver.url,
    eventTypes: ['CLASSIFICATION_COMPLETED'],
  });
  const keys = { one: await createKey(rig, 'one'), other: await createKey(rig, 'other') };
  const ledger: Record<string, number> = { one: 0, other: 0 };
  const counts = { broken: 0, committed: 0 };
  let started = 0;
  const worker = async () => {
    while (started < mutations) {
      const number = started++;
      const name = number % 3 === 0 ? 'other' : 'one';
      await classifyOnce(rig, keys[name], `mutation ${number}`, counts);
      ledger[name]! += 1;
    }
  };
  const workers = Array.from({ length: WORKERS }, worker);
  for (let kill = 1; kill <= kills; kill++) {
    const wanted = Math.floor((mutations * kill) / (kills + 1)) + random(5);
    await until('enough is asked', () => started >= wanted, 300_000);
    await rig.kill();
    await rig.start();
  }
  await Promise.all(workers);
  return { ledger, usage: await readUsage(rig), ...(await compare(rig)), ...counts };
}

/** Sends a request until its classification is there, once: what broke off is looked for before it is sent again. */
async function classifyOnce(
  rig: KillRig,
  key: string,
  reference: string,
  counts: { broken: number; committed: number },
): Promise<void> {
  for (;;) {
    try {
      const { payload } = await classify(rig.server(), {
        images: [image],
        references: [reference],
        taxonomies: ['five-labels'],
        key,
      });
      if (payload?.results[0]?.outcomes[0]?.id) return;
    } catch {
      counts.broken += 1;
      if (
        await until('it is known', () => isThere(rig, key, reference), 120_000).then(
          (found) => found === 'yes',
        )
      ) {
        counts.committed += 1;
        return;
      }
    }
  }
}

async function isThere(rig: KillRig, key: string, reference: string): Promise<'yes' | 'no' | undefined> {
  const query = `query ($reference: String!) {
    classifications(first: 2, filter: { reference: $reference }) { nodes { id } } }`;
  try {
    const { classifications } = await rig
      .server()
      .graphql<{ classifications: { nodes: object[] } }>(query, { reference }, key);
    return classifications.nodes.length > 0 ? 'yes' : 'no';
  } catch {
    return undefined; // not yet back
  }
}

async function createKey(rig: KillRig, name: string): Promise<string> {
  const { createApiKey } = await rig
    .server()
    .graphql<{ createApiKey: { secret: string } }>(
      'mutation ($name: String!) { createApiKey(input: { name: $name, scopes: [CLASSIFY] }) { secret } }',
      { name },
      rig.key,
    );
  return createApiKey.secret;
}

async function readUsage(rig: KillRig): Promise<Record<string, number>> {
  const day = 86_400_000;
  const { usage } = await rig.server().graphql<{
    usage: { groups: { apiKey: { name: string }; classifications: number }[] };
  }>(
    `query ($from: DateTime!, $to: DateTime!) {
      usage(from: $from, to: $to, by: API_KEY) { groups { apiKey { name } classifications } } }`,
    { from: new Date(Date.now() - day), to: new Date(Date.now() + day) },
    rig.key,
  );
  return Object.fromEntries(
    usage.groups.map(({ apiKey, classifications }) => [apiKey.name, classifications]),
  );
}

async function compare({ query, receiver }: KillRig) {
  await until(
    'everything is delivered',
    async () => (await query(`select from webhook_delivery where state <> 'SUCCEEDED' limit 1`)).length === 0,
    120_000,
  );
  const made = await query<{ id: string }>(`select id from classification where reference like 'mutation %'`);
  const told = await query<{ id: string }>(`select data ->> 'id' as id from webhook_event`);
  const [classifications, events] = [idsOf(made), new Set(told.map(({ id }) => id))];
  const came = new Set(receiver.received.map(({ payload }) => String(payload.data.id)));
  return {
    classifications: made.length,
    untold: classifications.difference(events).size,
    invented: events.difference(classifications).size + told.length - events.size,
    lost: classifications.difference(came).size,
  };
}

function idsOf(rows: { id: string }[]): Set<string> {
  return new Set(rows.map(({ id }) => toId('classification', id)));
}
