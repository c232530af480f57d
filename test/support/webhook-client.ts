import type { Client } from './client.ts';
import type { UserError } from './taxonomy-client.ts';

export interface Endpoint {
  id: string;
  url: string;
  isEnabled: boolean;
  notice: string | null;
  failingSince: string | null;
  previousSecretExpiresAt: string | null;
}

export interface Delivery {
  id: string;
  state: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  failure: string | null;
  attemptCount: number;
  nextAttemptAt: string | null;
  event: { id: string; type: string };
  attempts: {
    number: number;
    durationMs: number;
    error: string | null;
    request: { url: string; headers: Record<string, string>; body: string };
    response: { status: number; headers: Record<string, string>; body: string } | null;
  }[];
}

interface EndpointPayload {
  endpoint: Endpoint | null;
  secret?: string | null;
  userErrors: UserError[];
}

const ENDPOINT = 'endpoint { id url isEnabled notice failingSince previousSecretExpiresAt }';
const ERRORS = 'userErrors { code message path }';
const DELIVERY = `id state failure attemptCount nextAttemptAt event { id type } attempts {
  number durationMs error request { url headers body } response { status headers body } }`;

export type WebhookClient = ReturnType<typeof webhookClient>;

/** Talks about webhooks with one key. */
export function webhookClient(client: Client, key: string) {
  async function mutate<T>(field: string, input: object, selection: string): Promise<T> {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} ${ERRORS} } }`;
    return (await client.graphql<Record<string, T>>(query, { input }, key))[field]!;
  }
  const endpointMutation = (field: string, selection: string) => (input: object) =>
    mutate<EndpointPayload>(field, input, `${ENDPOINT} ${selection}`);
  const create = endpointMutation('createWebhookEndpoint', 'secret');

  async function deliveries(filter: object = {}, first = 100): Promise<Delivery[]> {
    const query = `query ($filter: WebhookDeliveryFilter, $first: Int!) {
      webhookDeliveries(first: $first, filter: $filter) { nodes { ${DELIVERY} } } }`;
    const { webhookDeliveries } = await client.graphql<{ webhookDeliveries: { nodes: Delivery[] } }>(
      query,
      { filter, first },
      key,
    );
    return webhookDeliveries.nodes;
  }

  return {
    key,
    mutate,
    create,
    update: endpointMutation('updateWebhookEndpoint', ''),
    rotate: endpointMutation('rotateWebhookSecret', 'secret'),
    deliveries,
    /** Throws where it is refused. */
    async createOrThrow(input: object): Promise<{ endpoint: Endpoint; secret: string }> {
      const { endpoint, secret, userErrors } = await create(input);
      if (!endpoint || !secret) throw new Error(`The endpoint was refused: ${JSON.stringify(userErrors)}`);
      return { endpoint, secret };
    },
    remove: (id: string) =>
      mutate<{ deletedId: string | null; userErrors: UserError[] }>(
        'deleteWebhookEndpoint',
        { id },
        'deletedId',
      ),
    redeliver: (input: object) =>
      mutate<{ redeliveredCount: number | null; userErrors: UserError[] }>(
        'redeliver',
        input,
        'redeliveredCount',
      ),
    async sendTest(endpointId: string): Promise<Delivery> {
      const { delivery, userErrors } = await mutate<{ delivery: Delivery | null; userErrors: UserError[] }>(
        'sendTestEvent',
        { endpointId },
        `delivery { ${DELIVERY} }`,
      );
      if (!delivery) throw new Error(`The test was refused: ${JSON.stringify(userErrors)}`);
      return delivery;
    },
    async endpoint(id: string): Promise<Endpoint> {
      const query = `query ($id: ID!) { node(id: $id) { ... on WebhookEndpoint {
        id url isEnabled notice failingSince previousSecretExpiresAt } } }`;
      return (await client.graphql<{ node: Endpoint }>(query, { id }, key)).node;
    },
  };
}
