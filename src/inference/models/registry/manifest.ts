import { z } from 'zod';
import { ARCHITECTURES } from '../convert/index.ts';
import { modelSettings } from '../model-settings.ts';

/** Where files come from: a repository of the hub, or a directory (relative to the manifest). */
export const sourceSchema = z.union([
  z.strictObject({
    repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'expected owner/name, as the hub spells it'),
    /** A branch, tag or commit. The commit that it meant at the first add is kept. */
    revision: z
      .string()
      .regex(/^[\w./-]+$/)
      .default('main'),
  }),
  z.strictObject({ directory: z.string().min(1) }),
]);

export type Source = z.infer<typeof sourceSchema>;

const dimension = z.number().int().min(1).max(8_192);
const channels = z.tuple([z.number(), z.number(), z.number()]);

const encoderFields = {
  /** The checkpoint: config and weights. */
  source: sourceSchema,
  /** A published export of the same weights, preferred where its precision is asked for. */
  onnx: sourceSchema.optional(),
  dimension,
  /** Encoders with equal ids here were trained into one space. */
  spaceId: z.string().min(1).max(200),
};

/** What a model is made of and what is known about it: one JSON file a model. */
export const manifestSchema = z.strictObject({
  id: modelSettings.shape.id.unwrap(),
  name: modelSettings.shape.name.unwrap(),
  description: z.string().max(5_000).default(''),
  image: z.strictObject({ ...encoderFields, architecture: z.enum(ARCHITECTURES.image) }),
  text: z.strictObject({
    ...encoderFields,
    architecture: z.enum(ARCHITECTURES.text),
    /** Where its tokenizer is, when neither the export nor the checkpoint has it. */
    tokenizer: sourceSchema.optional(),
    /** Tokens, special ones included. Default: the positions that the checkpoint has. */
    contextLength: modelSettings.shape.contextLength,
    padding: modelSettings.shape.textPadding.unwrap().default('longest'),
    cleanup: modelSettings.shape.textCleanup.unwrap().default('none'),
    /** `none`: the text encoder sees padding, for who must reproduce vectors that were made so. */
    mask: modelSettings.shape.textMask,
  }),
  preprocessing: z.strictObject({
    /** Pixels that the image encoder sees, in either direction. */
    size: z.number().int().min(8).max(2_048),
    /** `crop`: the shortest edge becomes `size`, and the centre is cut out; `squash`: both edges do. */
    resize: z.enum(['crop', 'squash']),
    resample: z.enum(['bilinear', 'bicubic']),
    mean: channels,
    std: channels,
  }),
  activation: modelSettings.shape.activation,
  /** The encoder whose checkpoint holds the trained tensor, and the value where a publisher states it. */
  logitScale: z.strictObject({
    from: z.enum(['image', 'text']),
    published: z.strictObject({ scale: z.number().positive(), bias: z.number().default(0) }).optional(),
  }),
  languages: modelSettings.shape.languages,
  licence: z.string().min(1).max(200),
  /** What its licence or card forbids, in a sentence. */
  licenceNotice: modelSettings.shape.licenceNotice,
  parametersInMillions: z.number().positive().optional(),
  /** Figures of its publisher or of a public evaluation, with where they stand. */
  accuracy: z
    .array(z.strictObject({ benchmark: z.string(), percent: z.number().min(0).max(100), source: z.string() }))
    .default([]),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** How a source is named to people, and known by: a revision of a repository other than its main branch is another one. */
export function nameSource(source: Source): string {
  if ('directory' in source) return source.directory;
  return source.revision === 'main' ? source.repo : `${source.repo}@${source.revision}`;
}
