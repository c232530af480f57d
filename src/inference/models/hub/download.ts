import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuseFetch, type Wanted } from './hub-errors.ts';
import type { Hub, HubAnswer } from './hub.ts';

export interface Download {
  hub: Hub;
  wanted: Wanted;
  /** Where the file shall be; what has come so far stands beside it, as `.part`. */
  target: string;
  bytes: number;
  /** The name of the content: sha256 of a large file, git's sha1 of a small one. */
  etag: string | undefined;
  onBytes: (bytes: number) => void;
}

/** Bytes of `target` that are here already, from a download that was broken off. */
export async function bytesHere(target: string): Promise<number> {
  const sizes = [target, `${target}.part`].map((path) => stat(path).then(({ size }) => size, () => 0));
  return Math.max(...(await Promise.all(sizes)));
}

/**
 * Fetches one file, going on where an earlier try stopped, and resolves to its sha256. Throws MODEL_NOT_AVAILABLE
 * where the content is not what the hub says it is.
 */
export async function download(options: Download): Promise<string> {
  const { target } = options;
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  const digests = await receive(part, options);
  await checkContent(part, digests, options);
  await rename(part, target);
  return digests.sha256;
}

interface Digests {
  sha256: string;
  gitSha1: string;
}

async function receive(part: string, { hub, wanted, bytes, onBytes }: Download): Promise<Digests> {
  await using file = await open(part, 'a+');
  let state = await hashPart(part, file, bytes);
  await hub.retry<void>(wanted, async (madeProgress) => {
    if (state.have === bytes) return DONE;
    const headers: Record<string, string> = state.have > 0 ? { range: `bytes=${state.have}-` } : {};
    const answer = await hub.ask(wanted, { method: 'GET', headers });
    if (answer.status !== 200 && answer.status !== 206) return { refused: answer };
    if (startOf(answer) !== state.have) {
      onBytes(-state.have);
      await file.truncate(0);
      state = newState(bytes);
      if (startOf(answer) !== 0) return { refused: { ...answer, status: 502 } };
    }
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      await writeAll(file, chunk);
      update(state, chunk);
      onBytes(chunk.length);
      madeProgress();
      if (state.have > bytes) throw refuseFetch(wanted, `more than its ${bytes} bytes came`, 'Try another HF_ENDPOINT.');
    }
    if (state.have !== bytes) throw Object.assign(new Error('the transfer ended early'), { code: 'ECONNRESET' });
    return DONE;
  });
  await file.sync();
  return { sha256: state.sha256.digest('hex'), gitSha1: state.gitSha1.digest('hex') };
}

const DONE = { value: undefined };

interface HashState {
  have: number;
  sha256: Hash;
  gitSha1: Hash;
}

function newState(bytes: number): HashState {
  return { have: 0, sha256: createHash('sha256'), gitSha1: createHash('sha1').update(`blob ${bytes}\0`) };
}

function update(state: HashState, chunk: Buffer): void {
  state.sha256.update(chunk);
  state.gitSha1.update(chunk);
  state.have += chunk.length;
}

/** What came before counts, unless it is more than there should be. */
async function hashPart(part: string, file: FileHandle, bytes: number): Promise<HashState> {
  const state = newState(bytes);
  if ((await file.stat()).size > bytes) await file.truncate(0);
  for await (const chunk of createReadStream(part)) update(state, chunk as Buffer);
  return state;
}

/** 206 says where its bytes begin; 200 brings the whole file, whatever was asked for. */
function startOf({ status, headers }: HubAnswer): number {
  return status === 200 ? 0 : Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1]);
}

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    written += (await file.write(chunk, written)).bytesWritten;
  }
}

async function checkContent(part: string, { sha256, gitSha1 }: Digests, { etag, wanted }: Download) {
  const expected = etag && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(etag) ? etag : undefined;
  if (expected === undefined || expected === sha256 || expected === gitSha1) return;
  await rm(part);
  const problem = `its content has the hash ${expected.length === 64 ? sha256 : gitSha1}, not ${expected} as was stated`;
  throw refuseFetch(wanted, problem, 'It was deleted: run it again, with another HF_ENDPOINT if it stays so.');
}
