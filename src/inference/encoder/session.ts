import * as ort from 'onnxruntime-node';

/** One ONNX graph, opened on one execution provider. Only this file knows onnxruntime. */
export interface Session {
  /** In the graph's order. `shape` holds numbers for fixed sizes and names (or -1) for free ones. */
  inputs: readonly GraphInput[];
  /** Rejects when a size or type does not fit the graph. */
  run(feeds: Record<string, Feed>): Promise<{ data: Float32Array; dims: readonly number[] }>;
}

export interface GraphInput {
  name: string;
  type: string;
  shape: readonly (number | string)[];
}

export type Feed =
  | { type: 'float32'; data: Float32Array; dims: number[] }
  | { type: 'uint8'; data: Uint8Array; dims: number[] }
  | { type: 'int64'; data: number[]; dims: number[] };

const OPTIONS: ort.InferenceSession.SessionOptions = {
  // Children are the parallelism: one thread each beat one child with several at every batch size measured.
  intraOpNumThreads: 1,
  executionMode: 'sequential',
  // Threads that spin burn the cores of their neighbours. Values are strings: others are refused or ignored.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
  logSeverityLevel: 3,
};

/** Names under which published graphs give the embedding, best first. All of them are normalised by us. */
const EMBEDDING_OUTPUTS = [
  'image_embeds',
  'text_embeds',
  'image_embeddings',
  'text_embeddings',
  'unnorm_image_features',
  'unnorm_text_features',
  'pooler_output',
];

/** Rejects when the file is broken or the provider cannot be used; there is no silent change of provider. */
export async function openSession(file: string, provider: string): Promise<Session> {
  const session = await ort.InferenceSession.create(file, { ...OPTIONS, executionProviders: [provider] });
  const inputs = session.inputMetadata.flatMap((input) => (input.isTensor ? input : []));
  const output = findEmbedding(session.outputNames);
  return {
    inputs,
    async run(feeds) {
      const tensors: Record<string, ort.Tensor> = {};
      for (const [name, feed] of Object.entries(feeds)) {
        tensors[name] = toTensor(feed, inputs.find((input) => input.name === name)?.type);
      }
      const { data, dims } = (await session.run(tensors, [output]))[output]!;
      if (!(data instanceof Float32Array)) throw new Error(`Output ${output} must be float32; export it so`);
      return { data, dims };
    },
  };
}

function findEmbedding(names: readonly string[]): string {
  const known = EMBEDDING_OUTPUTS.find((name) => names.includes(name));
  if (known) return known;
  if (names.length === 1) return names[0]!;
  throw new Error(
    `None of the outputs ${names.join(', ')} is an embedding; expected ${EMBEDDING_OUTPUTS.join(', ')}`,
  );
}

/** Token ids are int64 in most exports, int32 in some. */
function toTensor(feed: Feed, type: string | undefined): ort.Tensor {
  if (feed.type === 'float32') return new ort.Tensor('float32', feed.data, feed.dims);
  if (feed.type === 'uint8') return new ort.Tensor('uint8', feed.data, feed.dims);
  if (type === 'int32') return new ort.Tensor('int32', Int32Array.from(feed.data), feed.dims);
  return new ort.Tensor('int64', BigInt64Array.from(feed.data, BigInt), feed.dims);
}
