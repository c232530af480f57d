import { openSession } from '../../../encoder/session.ts';
import { serveTasks } from '../../../serve-tasks.ts';
import type { Feed, Session } from '../../../encoder/session.ts';
import type { SampleInput } from './sample-inputs.ts';

/** The child that runs two graphs of one tower on the same inputs, one graph after the other. */
export interface MeasureSetup {
  files: [string, string];
  samples: SampleInput[];
}

/** The lowest cosine between the vectors that both give to a sample. */
export type MeasureReport = number;

serveTasks<MeasureSetup, MeasureReport, never, never>(async ({ files, samples }) => {
  const [some, others] = [await encode(files[0], samples), await encode(files[1], samples)];
  const cosines = some.map((vector, i) => dot(vector, others[i]!) / Math.sqrt(dot(vector, vector) * dot(others[i]!, others[i]!)));
  return {
    report: Math.min(...cosines),
    handle: () => Promise.reject(new Error('Everything was measured at the start')),
  };
});

async function encode(file: string, samples: SampleInput[]): Promise<Float32Array[]> {
  const session = await openSession(file, 'cpu');
  const vectors: Float32Array[] = [];
  for (const sample of samples) vectors.push((await session.run(toFeeds(session, sample))).data);
  return vectors;
}

function toFeeds({ inputs }: Session, sample: SampleInput): Record<string, Feed> {
  if ('pixels' in sample) return { pixels: { type: 'uint8', data: sample.pixels, dims: sample.dims } };
  const dims = [1, sample.ids.length];
  const feeds: Record<string, Feed> = { input_ids: { type: 'int64', data: sample.ids, dims } };
  if (inputs.some(({ name }) => name === 'attention_mask'))
    feeds['attention_mask'] = { type: 'int64', data: sample.ids.map(() => 1), dims };
  return feeds;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
