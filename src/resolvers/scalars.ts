import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import GraphQLUpload from 'graphql-upload/GraphQLUpload.mjs';

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

/** Only text here: whether it is a URL, and one that may be used, is judged where it is used, image by image. */
const URL = new GraphQLScalarType<string, string>({
  name: 'URL',
  serialize: String,
  parseValue: toUrlText,
  parseLiteral: (node) => toUrlText(node.kind === Kind.STRING ? node.value : undefined),
});

function toUrlText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError('A URL is a string such as "https://example.com/cat.jpg"; got another type.');
}

/** The scalars of schema/base.graphql, under their names there. */
export const scalars = {
  DateTime: GraphQLDateTime,
  JSONObject: GraphQLJSONObject,
  LanguageTag,
  URL,
  Upload: GraphQLUpload,
};
