import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client, GraphqlError } from './client.ts';

/** A picture that ships with the repository. */
export function readExample(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(resolve(import.meta.dirname, '../../examples', name)));
}

export interface ClassifiedOutcome {
  __typename: 'Classification' | 'ClassificationError';
  code?: string;
  message?: string;
  id?: string;
  reference?: string | null;
  metadata?: Record<string, unknown> | null;
  language?: string;
  promptLanguage?: string;
  taxonomyVersion?: { id: string; number: number };
  model?: { id: string; revision: string };
  predictions?: {
    label: { key: string };
    name: string;
    score: number;
    similarity: number;
    path: { key: string }[];
  }[];
  timing?: Record<string, number>;
}

export interface Classified {
  results: {
    index: number;
    reference: string | null;
    image: { sha256: string; width: number; height: number; format: string; sizeBytes: number } | null;
    outcomes: ClassifiedOutcome[];
  }[];
  userErrors: { code: string; message: string; path: string[] }[];
}

const CLASSIFY = `mutation ($input: ClassifyImagesInput!) {
  classifyImages(input: $input) {
    results {
      index reference image { sha256 width height format sizeBytes }
      outcomes {
        __typename
        ... on ClassificationError { code message }
        ... on Classification {
          id reference metadata language promptLanguage
          taxonomyVersion { id number } model { id revision }
          predictions { label { key } name score similarity path { key } }
          timing { decodeMs queueMs encodeMs scoreMs totalMs batchSize }
        }
      }
    }
    userErrors { code message path }
  }
}`;

export interface ClassifyRequest {
  images: Uint8Array<ArrayBuffer>[];
  /** Names; or whole references. Default: `animals`. */
  taxonomies?: (string | Record<string, unknown>)[];
  references?: string[];
  metadata?: Record<string, unknown>[];
  /** The other fields of ClassifyImagesInput. */
  input?: Record<string, unknown>;
  key: string;
  signal?: AbortSignal;
}

/** Sends `classifyImages` as a multipart request; gives the payload and whatever errors came. */
export async function classify(
  client: Client,
  {
    images,
    taxonomies = ['animals'],
    references = [],
    metadata = [],
    input = {},
    key,
    signal,
  }: ClassifyRequest,
): Promise<{ status: number; payload: Classified | undefined; errors: GraphqlError[]; headers: Headers }> {
  const variables = {
    input: {
      images: images.map((_, index) => ({
        source: { upload: null },
        reference: references[index],
        metadata: metadata[index],
      })),
      taxonomies: taxonomies.map((ref) => (typeof ref === 'string' ? { by: { name: ref } } : ref)),
      ...input,
    },
  };
  const files = Object.fromEntries(
    images.map((bytes, index) => [`variables.input.images.${index}.source.upload`, bytes]),
  );
  const { status, data, errors, headers } = await client.send<{ classifyImages: Classified }>({
    query: CLASSIFY,
    variables,
    files,
    key,
    ...(signal && { signal }),
  });
  return { status, payload: data?.classifyImages, errors, headers };
}

/** The same as JSON, for images by URL and base64. Default taxonomy: `animals`. */
export async function classifySources(
  client: Client,
  {
    sources,
    input = {},
    key,
    signal,
  }: { sources: object[]; input?: Record<string, unknown>; key: string; signal?: AbortSignal },
): Promise<{ status: number; payload: Classified | undefined; errors: GraphqlError[] }> {
  const images = sources.map((source) => ({ source }));
  const { status, data, errors } = await client.send<{ classifyImages: Classified }>({
    query: CLASSIFY,
    variables: { input: { images, taxonomies: [{ by: { name: 'animals' } }], ...input } },
    key,
    ...(signal && { signal }),
  });
  return { status, payload: data?.classifyImages, errors };
}

/** The keys of the best predictions of each outcome, or its error code: `[['cat'], ['IMAGE_CORRUPT']]`. */
export function bestOf(payload: Classified | undefined): string[][] {
  return payload!.results.map(({ outcomes }) =>
    outcomes.map((outcome) => outcome.code ?? outcome.predictions![0]!.label.key),
  );
}
