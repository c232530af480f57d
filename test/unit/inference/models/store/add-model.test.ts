import { mkdir, readFile, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { addModel } from '../../../../../src/inference/models/store/add-model.ts';
import { startHubDouble, type DoubleRepository } from '../../../../support/hub-double.ts';
import {
  addOptions,
  COMMIT,
  makeDirectory,
  tinyCheckpoint,
  tinyExport,
  tinyManifest,
} from './support/tiny-manifest.ts';

const hub = await startHubDouble();
afterAll(() => hub.stop());
const published = await tinyExport();
const checkpoint = tinyCheckpoint();
hub.publish('exporter/tiny', published);
hub.publish('maker/tiny', checkpoint);
beforeEach(() => {
  hub.seen.length = 0;
  hub.faults.length = 0;
});

const TEXT = 'onnx/text_model.onnx';
const refusal = (message: RegExp) => ({ code: 'MODEL_NOT_AVAILABLE', message: expect.stringMatching(message) });

describe('a model from the hub', () => {
  it('is complete at once: published graphs, its scale from a checkpoint that is not fetched', async () => {
    const options = await addOptions(hub.endpoint);
    const { model, wasThere } = await addModel(options);
    expect(wasThere).toBe(false);
    expect(model).toMatchObject({
      id: 'tiny',
      directory: join(options.modelsDir, 'tiny'),
      logitScale: expect.closeTo(50, 4),
      licenceNotice: 'Its card rules out deployment.',
    });
    const ranges = hub.downloads('model.safetensors').map(({ range }) => range);
    expect(ranges[0]).toBe('bytes=0-7');
    expect(ranges).toHaveLength(3);
    expect(await readdir(options.modelsDir)).toEqual(['models.lock.json', 'tiny']);
  });

  it('keeps the commit and the hashes that the hub stated, and fetches nothing twice', async () => {
    const options = await addOptions(hub.endpoint);
    await addModel(options);
    const pins = JSON.parse(await readFile(join(options.modelsDir, 'models.lock.json'), 'utf8'));
    expect(pins.sources['exporter/tiny'].commit).toBe(COMMIT);
    expect(pins.sources['exporter/tiny'].files[TEXT]).toEqual({
      bytes: published.files[TEXT]!.length,
      sha256: pins.models.tiny.files[TEXT].sha256,
    });
    hub.seen.length = 0;
    expect(await addModel(options)).toMatchObject({ wasThere: true });
    expect(hub.seen).toEqual([]);
  });

  it('shares the graphs that another added model has', async () => {
    const options = await addOptions(hub.endpoint);
    await addModel(options);
    hub.seen.length = 0;
    await addModel({ ...options, manifest: tinyManifest({ id: 'twin' }) });
    expect(hub.downloads('.onnx')).toEqual([]);
    const [one, other] = await Promise.all(['tiny', 'twin'].map((id) => stat(join(options.modelsDir, id, TEXT))));
    expect(one!.ino).toBe(other!.ino);
  });

  it('comes once where two processes want it at the same time', async () => {
    const options = await addOptions(hub.endpoint);
    const waits: string[] = [];
    const report = { say: (line: string) => waits.push(line), onProgress: () => {} };
    const both = await Promise.all([addModel({ ...options, report }), addModel({ ...options, report })]);
    expect(both.map(({ wasThere }) => wasThere).toSorted()).toEqual([false, true]);
    expect(hub.downloads(TEXT)).toHaveLength(1);
    expect(waits.join()).toMatch(/in use by process \d+ on .+: waiting/);
  });
});

describe('a repository that was renamed', () => {
  it('is followed, token and all, as far as the hub itself leads', async () => {
    hub.publish('old/tiny', { commit: COMMIT, files: {}, movedTo: 'exporter/tiny' });
    const manifest = tinyManifest();
    manifest.image.onnx = { repo: 'old/tiny', revision: 'main' };
    await addModel(await addOptions(hub.endpoint, { manifest }));
    expect(hub.seen.filter(({ path }) => path.startsWith('/old/tiny/'))).not.toEqual([]);
  });
});

describe('what goes wrong on the way', () => {
  it('a connection that is cut: it goes on at the byte where it stopped', async () => {
    hub.faults.push({ kind: 'cut', afterBytes: 100 });
    hub.faults.unshift(...untouched(5));
    const options = await addOptions(hub.endpoint);
    await addModel(options);
    const broken = hub.seen.filter(({ host, range }) => host === 'cdn' && range === 'bytes=100-');
    expect(broken).toHaveLength(1);
  });

  it('a server that knows no ranges: the file comes whole, once more', async () => {
    const options = await addOptions(hub.endpoint);
    hub.faults.push(...untouched(5), { kind: 'cut', afterBytes: 100 }, { kind: 'whole file' });
    await addModel(options);
    const { size } = await stat(join(options.modelsDir, 'tiny', 'onnx/vision_model.onnx'));
    expect(size).toBe(published.files['onnx/vision_model.onnx']!.length);
  });

  it('a process that is killed: the next one goes on where it stopped', async () => {
    const options = await addOptions(hub.endpoint);
    await addModel(options);
    const lost = await addOptions(hub.endpoint);
    const part = join(lost.modelsDir, `.downloads/exporter--tiny@${COMMIT}`, `${TEXT}.part`);
    await writeCopy(part, published.files[TEXT]!.subarray(0, 200));
    await addModel(lost);
    expect(hub.downloads(TEXT).map(({ range }) => range)).toEqual([undefined, 'bytes=200-']);
  });

  it('429: it waits as long as the hub asks', async () => {
    hub.faults.push(...untouched(5), { kind: 'status', status: 429, retryAfter: '1' });
    const startedAt = performance.now();
    await addModel(await addOptions(hub.endpoint));
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
  });

  it('429 without end, and 500: it gives up after five tries, and keeps what has come', async () => {
    for (const status of [429, 500]) {
      const options = await addOptions(hub.endpoint);
      hub.faults.push(...untouched(5), ...Array.from({ length: 5 }, () => ({ kind: 'status', status }) as const));
      await expect(addModel(options)).rejects.toMatchObject(refusal(/vision_model\.onnx of exporter\/tiny.*--from/));
      expect(hub.faults).toEqual([]);
      await addModel(options);
    }
  });

  it('content that is not what was stated: refused, and deleted', async () => {
    const options = await addOptions(hub.endpoint);
    hub.faults.push(...untouched(5), { kind: 'wrong bytes' });
    await expect(addModel(options)).rejects.toMatchObject(
      refusal(/vision_model\.onnx of exporter\/tiny cannot be fetched.*has the hash [0-9a-f]{64}, not [0-9a-f]{64}/),
    );
    await addModel(options);
  });

  it('a server that knows no ranges, of a part that was here: progress never falls below nothing', async () => {
    const options = await addOptions(hub.endpoint);
    const part = join(options.modelsDir, `.downloads/exporter--tiny@${COMMIT}`, 'onnx/vision_model.onnx.part');
    await writeCopy(part, published.files['onnx/vision_model.onnx']!.subarray(0, -1));
    hub.faults.push(...untouched(5), { kind: 'whole file' });
    const steps: number[] = [];
    await addModel({ ...options, report: { say: () => {}, onProgress: ({ done }) => steps.push(done) } });
    expect(Math.min(...steps)).toBe(0);
  });

  it('a server that sends more of a header than was asked for', async () => {
    hub.faults.push({ kind: 'more bytes' });
    const { model } = await addModel(await addOptions(hub.endpoint));
    expect(model.logitScale).toBeCloseTo(50, 4);
  });

  it('a server that sends more than it stated', async () => {
    const options = await addOptions(hub.endpoint);
    hub.faults.push(...untouched(5), { kind: 'more bytes' });
    await expect(addModel(options)).rejects.toMatchObject(
      refusal(/vision_model\.onnx of exporter\/tiny cannot be fetched.*more than its \d+ bytes came/),
    );
    await addModel(options);
  });

  it.each(['file:///etc/passwd', 'http://'])('a redirect to %s', async (to) => {
    const options = await addOptions(hub.endpoint);
    hub.faults.push(...untouched(5), { kind: 'redirect', to });
    await expect(addModel(options)).rejects.toMatchObject(refusal(/leads to '.*', which is no address of the web/));
    await addModel(options);
  });

  it('a part that something else wrote: refused, and deleted', async () => {
    const options = await addOptions(hub.endpoint);
    const part = join(options.modelsDir, `.downloads/exporter--tiny@${COMMIT}`, `${TEXT}.part`);
    await writeCopy(part, Buffer.alloc(200));
    await expect(addModel(options)).rejects.toMatchObject(refusal(/has the hash/));
    await addModel(options);
  });

  it('a download that was spoiled after it came: fetched again', async () => {
    const options = await addOptions(hub.endpoint);
    const whole = join(options.modelsDir, `.downloads/exporter--tiny@${COMMIT}`, TEXT);
    await writeCopy(whole, Buffer.alloc(published.files[TEXT]!.length));
    await addModel(options);
    expect(hub.downloads(TEXT)).toHaveLength(1);
    expect(await readFile(join(options.modelsDir, 'tiny', TEXT))).toEqual(published.files[TEXT]);
  });

  it('a commit that would lead out of the directory of models: refused', async () => {
    const options = await addOptions(hub.endpoint);
    hub.publish('evil/tiny', { ...published, lie: 'x/../../../../../elsewhere' });
    const manifest = tinyManifest();
    manifest.image.onnx = { repo: 'evil/tiny', revision: 'main' };
    await expect(addModel({ ...options, manifest })).rejects.toMatchObject(
      refusal(/evil\/tiny cannot be fetched.*was stated as its commit/),
    );
    expect(await readdir(options.modelsDir)).toEqual(['models.lock.json']);
  });

  it('a server that is gone', async () => {
    const nobody = await startHubDouble();
    await nobody.stop();
    await expect(addModel(await addOptions(nobody.endpoint))).rejects.toMatchObject(
      refusal(/the network failed \(.*ECONNREFUSED.*HF_ENDPOINT.*--from/),
    );
  });

  it('redirects without end', async () => {
    const round = await startHubDouble();
    round.publish('exporter/tiny', { commit: COMMIT, files: {}, movedTo: 'exporter/tiny' });
    round.publish('maker/tiny', checkpoint);
    await expect(addModel(await addOptions(round.endpoint))).rejects.toMatchObject(
      refusal(/exporter\/tiny cannot be fetched.*leads to more than 5 places/),
    );
    await round.stop();
  });

  it('offline mode: nothing is asked', async () => {
    const options = await addOptions(hub.endpoint);
    await expect(addModel({ ...options, hub: { ...options.hub, offline: true } })).rejects.toMatchObject(
      refusal(/HF_HUB_OFFLINE is set.*--from/),
    );
    expect(hub.seen).toEqual([]);
  });
});

describe('revisions', () => {
  const newer: DoubleRepository = {
    commit: 'c3'.repeat(20),
    files: { ...published.files, [TEXT]: Buffer.concat([published.files[TEXT]!, Buffer.from('x')]) },
  };

  it('stay those of the first time, whatever main has become', async () => {
    const moving = await startHubDouble();
    moving.publish('exporter/tiny', published);
    moving.publish('maker/tiny', checkpoint);
    const options = await addOptions(moving.endpoint);
    const { model } = await addModel(options);
    moving.publish('exporter/tiny', newer);
    const again = await addModel({ ...options, manifest: tinyManifest({ id: 'again' }) });
    expect(again.model.revision).toBe(model.revision);

    moving.forget('exporter/tiny', COMMIT);
    await expect(addModel({ ...options, manifest: tinyManifest({ id: 'third' }) })).rejects.toMatchObject(
      refusal(new RegExp(`no revision '${COMMIT}'.*models\\.lock\\.json`)),
    );
    moving.publish('exporter/tiny', { ...newer, commit: COMMIT });
    await expect(addModel({ ...options, manifest: tinyManifest({ id: 'third' }) })).rejects.toMatchObject(
      refusal(/text_model\.onnx of exporter\/tiny is not the file of the first time/),
    );
    await moving.stop();
  });

  it('that a manifest names are those that are fetched, whatever main is known to be', async () => {
    const both = await startHubDouble();
    both.publish('exporter/tiny', newer);
    both.publish('exporter/tiny', published);
    both.publish('maker/tiny', checkpoint);
    const options = await addOptions(both.endpoint);
    const { model } = await addModel(options);
    const manifest = tinyManifest({ id: 'exact' });
    manifest.text.onnx = { repo: 'exporter/tiny', revision: newer.commit };
    const exact = await addModel({ ...options, manifest });
    expect(exact.model.imageRevision).toBe(model.imageRevision);
    expect(exact.model.textRevision).not.toBe(model.textRevision);
    await both.stop();
  });
});

describe('tokens', () => {
  it('go to the hub, and to no other host', async () => {
    hub.publish('maker/secret', { ...checkpoint, token: 'hf_secret' });
    const manifest = tinyManifest();
    manifest.image.source = { repo: 'maker/secret', revision: 'main' };
    manifest.text.source = manifest.image.source;
    const options = await addOptions(hub.endpoint, { manifest });
    await expect(addModel(options)).rejects.toMatchObject(refusal(/maker\/secret.*set HF_TOKEN/));
    await addModel({ ...options, hub: { ...options.hub, token: 'hf_secret' } });
    const told = hub.seen.filter(({ authorization }) => authorization === 'Bearer hf_secret');
    expect(new Set(told.map(({ host }) => host))).toEqual(new Set(['hub']));
    expect(hub.downloads('model.safetensors').length).toBeGreaterThan(0);
  });

  it.each([
    [undefined, /Accept its conditions at .*gated\/tiny, and set HF_TOKEN/],
    ['hf_other', /Accept its conditions at .*gated\/tiny with the account that HF_TOKEN is of/],
  ])('where the repository is gated, the way in is told (token: %s)', async (token, message) => {
    hub.publish('gated/tiny', { ...published, gated: true });
    const manifest = tinyManifest();
    manifest.image.onnx = { repo: 'gated/tiny', revision: 'main' };
    const options = await addOptions(hub.endpoint, { manifest });
    await expect(addModel({ ...options, hub: { ...options.hub, token } })).rejects.toMatchObject(refusal(message));
  });
});

describe('a scale in a checkpoint that is not fetched', () => {
  it.each(['F16', 'BF16', 'F64'])('is read as %s too', async (dtype) => {
    hub.publish('maker/half', tinyCheckpoint(dtype));
    const manifest = tinyManifest();
    manifest.image.source = { repo: 'maker/half', revision: 'main' };
    const { model } = await addModel(await addOptions(hub.endpoint, { manifest }));
    expect(Math.log(model.logitScale)).toBeCloseTo(Math.log(50), 1);
  });
});


it('takes over from a process that was killed, without a hand', async () => {
  const options = await addOptions(hub.endpoint, { modelsDir: await makeDirectory() });
  await writeFile(join(options.modelsDir, '.lock'), JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1, nonce: 'gone' }));
  await writeCopy(join(options.modelsDir, '.adding-tiny', 'onnx/text_model.onnx'), Buffer.from('half'));
  expect(await addModel(options)).toMatchObject({ wasThere: false });
  await truncate(join(options.modelsDir, 'models.lock.json'), 10);
  await expect(addModel({ ...options, manifest: tinyManifest({ id: 'next' }) })).rejects.toMatchObject(
    refusal(/models\.lock\.json cannot be used/),
  );
});

/** Leaves the next answers as they are. */
function untouched(count: number) {
  return Array.from({ length: count }, () => ({ kind: 'cut', afterBytes: 1e9 }) as const);
}

async function writeCopy(path: string, content: Uint8Array): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
}
