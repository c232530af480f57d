import { z } from 'zod';
import { refusal } from './refuse.ts';

/** Which file holds which tensor. */
const shardIndex = z.object({ weight_map: z.record(z.string(), z.string()) });

/** Names of the files beside an index that hold the tensors, each once. Throws MODEL_NOT_AVAILABLE where it is no index. */
export function parseShardIndex(path: string, text: string): string[] {
  const names = [...new Set(Object.values(parse(path, text).weight_map))];
  const outside = names.find((name) => !/^[\w-][\w.-]*$/.test(name));
  if (outside !== undefined) throw refusal(path, `it names a shard in another directory, ${outside}`);
  return names;
}

function parse(path: string, text: string): z.infer<typeof shardIndex> {
  try {
    return shardIndex.parse(JSON.parse(text));
  } catch {
    throw refusal(path, 'it is no index of shards');
  }
}
