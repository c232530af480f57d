import { AppError } from '../../../errors.ts';
import type { ConversionReport } from '../convert/index.ts';
import type { Precision } from '../graph-files.ts';
import type { LogitScale } from '../hub/read-logit-scale.ts';
import type { Manifest } from '../registry/manifest.ts';
import type { Reporter } from './add-model.ts';
import { makeGraph } from './make-graph.ts';
import type { ModelPlan } from './plan-model.ts';
import { writeSettings } from './write-settings.ts';
import { writeTokenizer } from './write-tokenizer.ts';

export interface FillOptions {
  plan: ModelPlan;
  manifest: Manifest;
  precision: Precision;
  /** The directory to fill. */
  target: string;
  report: Reporter;
}

/** Fetches and converts what was planned, and writes what the model is. */
export async function fillModel({ plan, manifest, precision, target, report }: FillOptions): Promise<void> {
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    // What was here already is not part of it, and falls below nothing where it has to come again.
    const step = { label: 'Fetching', done: Math.max(0, done), total: plan.missingBytes };
    if (plan.missingBytes > 0) report.onProgress(step);
  };
  await writeTokenizer(plan.tokenizer, { target, onBytes });
  const make = (encoder: 'image' | 'text') =>
    makeGraph({
      encoder,
      plan: plan[encoder].plan,
      manifest,
      precision,
      target,
      onBytes,
      onConversion: (progress) => report.onProgress({ label: `Converting the ${encoder} encoder`, ...progress }),
    });
  const image = await make('image');
  const text = await make('text');
  for (const [encoder, conversion] of [['image', image], ['text', text]] as const) {
    if (conversion) report.say(describeConversion(encoder, conversion));
  }
  await writeSettings(target, {
    manifest,
    precision,
    logitScale: chooseLogitScale(manifest, plan, { image, text }),
    contextLength: chooseContextLength(manifest, text),
    imageTowerSha256: image?.towerSha256,
  });
}

interface Conversions {
  image: ConversionReport | undefined;
  text: ConversionReport | undefined;
}

/** The trained tensor; what a publisher states where the checkpoint has none. */
function chooseLogitScale({ id, logitScale }: Manifest, plan: ModelPlan, conversions: Conversions): LogitScale {
  const { from, published } = logitScale;
  const report = conversions[from];
  const converted =
    report?.logitScale === undefined ? undefined : { scale: report.logitScale, bias: report.logitBias ?? 0 };
  const known = converted ?? plan[from].logitScale ?? published;
  if (known) return known;
  const message =
    `The ${from} checkpoint of '${id}' has no logit_scale, and its manifest states none: scores would mean nothing. ` +
    'Name the checkpoint that has it in the manifest, or the value as logitScale.published.';
  throw new AppError('MODEL_NOT_AVAILABLE', { message });
}

function chooseContextLength({ id, text }: Manifest, report: ConversionReport | undefined): number {
  const positions = report?.contextLength;
  const wanted = text.contextLength ?? positions;
  if (wanted !== undefined && wanted <= (positions ?? wanted)) return wanted;
  const problem =
    wanted === undefined ? 'is not known' : `of ${wanted} is more than the ${positions} positions that its checkpoint has`;
  const message = `The context length of '${id}' ${problem}: correct text.contextLength in its manifest.`;
  throw new AppError('INVALID_INPUT', { message });
}

function describeConversion(encoder: 'image' | 'text', { parameters, int8Cosine }: ConversionReport): string {
  const drift = int8Cosine === undefined ? '' : `; cosine to fp32 on samples at least ${int8Cosine.toFixed(4)}`;
  return `Converted the ${encoder} encoder: ${(parameters / 1e6).toFixed(1)} million parameters${drift}.`;
}
