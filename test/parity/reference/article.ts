/**
 * The article's pair at its real size: a random Taiyi-large as pytorch_model.bin and a random OpenAI ViT-L/14 as
 * safetensors, added from their directories, served, and compared with PyTorch's scores:
 *
 *     node test/parity/reference/article.ts
 *
 * Needs python3 with torch (Debian: python3-torch), 8 GB of memory and 8 GB of disk.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDataDir } from '../../support/served.ts';
import { readScale, runPair } from '../support/article-pair.ts';

const PYTHON = process.env['PYTHON'] ?? 'python3';
const make = join(import.meta.dirname, 'make.py');
const dataDir = makeDataDir();
const from = await mkdtemp(join(tmpdir(), 'taxolens-article-'));
try {
  const image = await makeCheckpoint('openai-clip-vit-l-14', 'openai/clip-vit-large-patch14');
  const text = await makeCheckpoint('taiyi-326m', 'IDEA-CCNL/Taiyi-CLIP-Roberta-large-326M-Chinese');
  const id = 'taiyi-clip-roberta-large-326m-chinese';
  const logitScale = await readScale(image);
  console.log(await runPair({ model: id, id, from, image, text, dataDir: dataDir.path, logitScale }));
} finally {
  dataDir.remove();
  await rm(from, { recursive: true });
}

async function makeCheckpoint(name: string, repository: string): Promise<string> {
  const directory = join(from, repository);
  await mkdir(directory, { recursive: true });
  execFileSync(PYTHON, [make, name, directory], { stdio: 'inherit' });
  return directory;
}
