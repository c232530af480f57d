import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from './hash-file.ts';
import { bytesHere, download } from './download.ts';
import { refuseFetch, type Wanted } from './hub-errors.ts';
import type { Hub } from './hub.ts';
import type { Repository, RepositoryFile } from './repository.ts';

export interface HubRepositoryOptions {
  hub: Hub;
  repo: string;
  /** How its manifest names it. */
  name: string;
  /** A branch, tag or commit. The first file fixes the commit for all others. */
  revision: string;
  /** Where downloads stand until they are used. */
  downloadsDir: string;
}

/** A repository of the hub. */
export function openHubRepository({ hub, repo, name, revision, downloadsDir }: HubRepositoryOptions): Repository {
  let commit: string | undefined;
  const want = (path: string): Wanted => ({ endpoint: hub.endpoint, repo, path, revision: commit ?? revision });

  async function findOne(path: string): Promise<RepositoryFile | undefined> {
    const wanted = want(path);
    const headers = await describeFile(hub, wanted);
    if (!headers) return undefined;
    commit ??= readCommit(wanted, headers);
    const bytes = Number(headers['x-linked-size'] ?? headers['content-length']);
    if (!(bytes > 0)) throw refuseFetch(wanted, 'its size is not stated', 'Try another HF_ENDPOINT.');
    const etag = (headers['x-linked-etag'] ?? headers.etag)?.replace(/^W\//, '').replaceAll('"', '');
    const target = join(downloadsDir, `${repo.replace('/', '--')}@${encodeURIComponent(commit ?? revision)}`, path);
    const statedSha256 = etag?.length === 64 ? etag : undefined;
    return {
      path,
      bytes,
      commit,
      statedSha256,
      copiedBytes: 0,
      missingBytes: async () => Math.max(0, bytes - (await bytesHere(target))),
      read: (start, length) => readPart(hub, want(path), start, length),
      async fetch(onBytes) {
        const here = await hashWhole(target, bytes);
        const isGood = here !== undefined && (statedSha256 ?? here) === here;
        const sha256 = isGood ? here : await download({ hub, wanted: want(path), target, bytes, etag, onBytes });
        return { path: target, sha256 };
      },
    };
  }

  return {
    name,
    async find(paths) {
      for (const path of paths) {
        const file = await findOne(path);
        if (file) return file;
      }
      return undefined;
    },
  };
}

/** What the hub says of a file, or undefined where the repository has none of that name. */
function describeFile(hub: Hub, wanted: Wanted): Promise<Record<string, string> | undefined> {
  return hub.retry<Record<string, string> | undefined>(wanted, async () => {
    const answer = await hub.ask(wanted, { method: 'HEAD' });
    const { status, headers } = answer;
    if (status < 300) return { value: headers };
    // What lies with another host is described by the headers for that; length and hash of the redirect say nothing.
    if (status < 400) return { value: { ...headers, 'content-length': '', etag: '' } };
    // Mirrors send no code with it.
    const isAbsent = status === 404 && [undefined, 'EntryNotFound'].includes(headers['x-error-code']);
    return isAbsent ? { value: undefined } : { refused: answer };
  });
}

function readPart(hub: Hub, wanted: Wanted, start: number, length: number): Promise<Buffer> {
  return hub.retry<Buffer>(wanted, async () => {
    const range = `bytes=${start}-${start + length - 1}`;
    const answer = await hub.ask(wanted, { method: 'GET', headers: { range } });
    if (answer.status === 206) return { value: await readStart(answer.body, length) };
    if (answer.status !== 200) return { refused: answer };
    return { value: (await readStart(answer.body, start + length)).subarray(start) };
  });
}

/** Some servers bring the whole file whatever was asked for: it ends as soon as there is enough. */
async function readStart(body: AsyncIterable<Buffer>, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    chunks.push(chunk);
    if (chunks.reduce((sum, { length: more }) => sum + more, 0) >= length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}

/** sha256 of a file that has as many bytes as it should. */
async function hashWhole(path: string, bytes: number): Promise<string | undefined> {
  const size = await stat(path).then((found) => found.size, () => undefined);
  return size === bytes ? hashFile(path) : undefined;
}

/** It is asked for from then on, kept, and part of a path: nothing else than a hash of git is taken for one. */
function readCommit(wanted: Wanted, { 'x-repo-commit': commit }: Record<string, string>): string | undefined {
  if (commit === undefined || /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) return commit;
  throw refuseFetch(wanted, `'${commit}' was stated as its commit`, 'Try another HF_ENDPOINT.');
}
