import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import { Upload } from '../upload.ts';

/** Long enough for every registered tag with its variants and extensions. */
const MAX_TAG_LENGTH = 100;

/** A BCP 47 tag in canonical form: `ZH-hant-tw` is read as `zh-Hant-TW`, so that equal languages are equal strings. */
const LanguageTag = new GraphQLScalarType<string, string>({
  name: 'LanguageTag',
  serialize: String,
  parseValue: toLanguageTag,
  parseLiteral: (node) => toLanguageTag(node.kind === Kind.STRING ? node.value : undefined),
});

function toLanguageTag(value: unknown): string {
  const shown = typeof value === 'string' ? `'${value.slice(0, MAX_TAG_LENGTH)}'` : 'another type';
  try {
    if (typeof value !== 'string' || value.length > MAX_TAG_LENGTH) throw new RangeError();
    return Intl.getCanonicalLocales(value)[0]!;
  } catch {
    throw new GraphQLError(`A language is a BCP 47 tag such as 'en', 'zh' or 'zh-Hant-TW'; got ${shown}.`);
  }
}

/** Comes only as a file of a multipart request, which has put it among the variables. */
const UploadScalar = new GraphQLScalarType<Upload, never>({
  name: 'Upload',
  serialize: refuseUpload,
  parseValue: (value) => (value instanceof Upload ? value : refuseUpload()),
  parseLiteral: refuseUpload,
});

function refuseUpload(): never {
  throw new GraphQLError('An upload is a file of a multipart request; no other value stands for it.');
}

/** The scalars of schema/base.graphql, under their names there. */
export const scalars = {
  DateTime: GraphQLDateTime,
  JSONObject: GraphQLJSONObject,
  LanguageTag,
  Upload: UploadScalar,
};
