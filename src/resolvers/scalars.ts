import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import { canonicalLanguage } from '../taxonomy/languages.ts';
import { Upload } from '../upload.ts';

/** As the library has it, with a remedy: a date alone is no time. */
const DateTime = new GraphQLScalarType<Date, Date | string | number>({
  ...GraphQLDateTime.toConfig(),
  parseValue: (value) => toTime(() => GraphQLDateTime.parseValue(value)),
  parseLiteral: (node) => toTime(() => GraphQLDateTime.parseLiteral(node)),
});

function toTime(parse: () => Date): Date {
  try {
    return parse();
  } catch (error) {
    const { message } = error as Error;
    throw new GraphQLError(`${message} A time has a date, a time and a zone: '2026-01-31T00:00:00Z'.`);
  }
}

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
  if (typeof value !== 'string' || value.length > MAX_TAG_LENGTH) {
    const came = typeof value === 'string' ? `${value.length} characters` : 'another type';
    throw new GraphQLError(
      `A language is a BCP 47 tag of at most ${MAX_TAG_LENGTH} characters; got ${came}.`,
    );
  }
  try {
    return canonicalLanguage(value, []);
  } catch (error) {
    throw new GraphQLError((error as Error).message); // graphql adds which variable it was
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
  DateTime,
  JSONObject: GraphQLJSONObject,
  LanguageTag,
  URL,
  Upload: UploadScalar,
};
