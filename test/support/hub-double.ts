import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request did to the double, in order. */
export interface HubRequestSeen {
  host: 'hub' | 'cdn';
  method: string;
  path: string;
  range: string | undefined;
  authorization: string | undefined;
}

export interface DoubleRepository {
  /** 40 hex digits. */
  commit: string;
  files: Record<string, Buffer>;
  /** What is stated in place of the commit. */
  lie?: string;
  /** Only who sends this token sees that it is there. */
  token?: string;
  /** It was renamed: its URLs lead to this other repository of the hub. */
  movedTo?: string;
  /** Everybody sees it, and nobody gets its files without an account that accepted its conditions. */
  gated?: boolean;
}

/** What goes wrong with the next answers that carry content, one each. */
export type Fault =
  | { kind: 'cut'; afterBytes: number }
  | { kind: 'status'; status: number; retryAfter?: string }
  | { kind: 'wrong bytes' }
  | { kind: 'more bytes' }
  | { kind: 'whole file' }
  | { kind: 'redirect'; to: string };

export interface HubDouble {
  endpoint: string;
  seen: HubRequestSeen[];
  faults: Fault[];
  /** Adds a repository, or a commit to one: `main` is the last. */
  publish(repo: string, repository: DoubleRepository): void;
  /** Forgets a commit, as a rewritten history does. */
  forget(repo: string, commit: string): void;
  /** Content answers of the CDN, of one file. */
  downloads(path: string): HubRequestSeen[];
  stop(): Promise<void>;
}

/** Files that the hub keeps apart from git, by their name. */
const LARGE = /\.(onnx|onnx_data|safetensors|bin)$/;

/**
 * The hub as its clients document it: `/<owner>/<name>/resolve/<revision>/<path>` answers HEAD with the commit, the size
 * and the hash of a file, and GET of a large one with a redirect to another host, which knows ranges.
 */
export async function startHubDouble(): Promise<HubDouble> {
  const repositories = new Map<string, DoubleRepository[]>();
  const seen: HubRequestSeen[] = [];
  const faults: Fault[] = [];
  const note = (host: 'hub' | 'cdn', { method = '', url = '', headers }: IncomingMessage) =>
    seen.push({
      host,
      method,
      path: decodeURIComponent(url),
      range: headers.range,
      authorization: headers.authorization,
    });

  const cdn = createServer((request, response) => {
    note('cdn', request);
    const [, repo = '', commit = '', path = ''] =
      /^\/(.+?)@(\w+)\/(.+)$/.exec(decodeURIComponent(request.url!)) ?? [];
    const content = repositories.get(repo)!.find((one) => one.commit === commit)!.files[path]!;
    sendContent(content, { request, response, fault: faults.shift() });
  });
  const cdnUrl = await listen(cdn);
  const hub = createServer((request, response) => {
    note('hub', request);
    answer(request, response, { repositories, cdnUrl, faults });
  });
  const endpoint = await listen(hub);
  return {
    endpoint,
    seen,
    faults,
    publish(repo, repository) {
      repositories.set(repo, [repository, ...(repositories.get(repo) ?? [])]);
    },
    forget(repo, commit) {
      repositories.set(
        repo,
        repositories.get(repo)!.filter((one) => one.commit !== commit),
      );
    },
    downloads: (path) => seen.filter((one) => one.host === 'cdn' && one.path.endsWith(path)),
    async stop() {
      for (const server of [hub, cdn]) {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Answering {
  repositories: ReadonlyMap<string, DoubleRepository[]>;
  cdnUrl: string;
  faults: Fault[];
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { repositories, cdnUrl, faults }: Answering,
): void {
  const refuse = (status: number, code?: string) =>
    response.writeHead(status, code ? { 'x-error-code': code } : {}).end();
  const parts = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(decodeURIComponent(request.url!));
  const [, repo = '', revision = '', path = ''] = parts ?? [];
  const commits = repositories.get(repo);
  const token = request.headers.authorization?.replace('Bearer ', '');
  if (!commits || (commits[0]?.token && commits[0].token !== token)) {
    return void refuse(token ? 404 : 401, 'RepoNotFound');
  }
  const { movedTo } = commits[0] ?? {};
  if (movedTo) return void response.writeHead(307, { location: request.url!.replace(repo, movedTo) }).end();
  const found = revision === 'main' ? commits[0] : commits.find(({ commit }) => commit === revision);
  if (!found) return void refuse(404, 'RevisionNotFound');
  if (found.gated) return void refuse(token ? 403 : 401, 'GatedRepo');
  const content = found.files[path];
  if (!content) return void refuse(404, 'EntryNotFound');
  response.setHeader('x-repo-commit', found.lie ?? found.commit);
  if (!LARGE.test(path)) {
    response.setHeader(
      'etag',
      `"${createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')}"`,
    );
    return sendContent(content, {
      request,
      response,
      fault: request.method === 'GET' ? faults.shift() : undefined,
    });
  }
  response.setHeader('x-linked-size', content.length);
  response.setHeader('x-linked-etag', `"${createHash('sha256').update(content).digest('hex')}"`);
  response.writeHead(302, { location: `${cdnUrl}/${repo}@${found.commit}/${path}` }).end();
}

interface Sending {
  request: IncomingMessage;
  response: ServerResponse;
  fault: Fault | undefined;
}

function sendContent(content: Buffer, { request, response, fault }: Sending): void {
  if (fault?.kind === 'status') {
    const { status, retryAfter } = fault;
    return void response.writeHead(status, retryAfter ? { 'retry-after': retryAfter } : {}).end();
  }
  if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.to }).end();
  const [, from, to] =
    (fault?.kind !== 'whole file' && /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')) || [];
  const start = Number(from ?? 0);
  const end = to ? Math.min(Number(to), content.length - 1) : content.length - 1;
  let body = content.subarray(start, end + 1);
  if (fault?.kind === 'wrong bytes') body = Buffer.from(body.map((byte) => byte ^ 1));
  if (fault?.kind === 'more bytes') body = Buffer.concat([body, Buffer.alloc(1)]);
  response.setHeader('content-length', body.length);
  if (from !== undefined) response.setHeader('content-range', `bytes ${start}-${end}/${content.length}`);
  response.writeHead(from === undefined ? 200 : 206);
  if (request.method === 'HEAD') return void response.end();
  if (fault?.kind !== 'cut') return void response.end(body);
  response.write(body.subarray(0, fault.afterBytes), () => response.socket!.destroySoon());
}
