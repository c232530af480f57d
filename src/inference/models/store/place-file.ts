import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Puts a file into a model's directory. What is ours already is not stored twice; what is not ours is copied. */
export async function placeFile(
  path: string,
  { target, modelsDir }: { target: string; modelsDir: string },
): Promise<void> {
  // What stands there may be shared with other models: it is replaced, not written into.
  await rm(target, { force: true });
  const linked = path.startsWith(`${modelsDir}${sep}`) && (await link(path, target).then(
    () => true,
    () => false, // some file systems have no links
  ));
  if (!linked) await copyFile(path, target);
}

/** Gives another directory the graphs that a model has. */
export async function shareGraphs(directory: string, target: string, modelsDir: string): Promise<void> {
  const graphs = await readdir(join(directory, 'onnx')).catch((): string[] => []);
  await mkdir(join(target, 'onnx'), { recursive: true });
  for (const graph of graphs) {
    await placeFile(join(directory, 'onnx', graph), { target: join(target, 'onnx', graph), modelsDir });
  }
}
