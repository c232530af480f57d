/** Bytes that can be sent more than once; a `File` is a `Blob`. */
export type FileSource = Blob | ArrayBuffer | Uint8Array;

export const isFile = (value: unknown): value is FileSource =>
  value instanceof Blob || value instanceof ArrayBuffer || value instanceof Uint8Array;

/**
 * The body of one operation: JSON, or where its variables hold files a form by the GraphQL multipart request
 * specification, in which each file stands as a part and as null in the variables.
 */
export function writeBody(query: string, variables: unknown): string | FormData {
  const files = new Map<string, FileSource>();
  const bare = takeFiles(variables, 'variables', files);
  const operations = JSON.stringify({ query, variables: bare });
  if (files.size === 0) return operations;
  const form = new FormData();
  form.append('operations', operations);
  form.append('map', JSON.stringify(Object.fromEntries([...files.keys()].map((path, i) => [i, [path]]))));
  [...files.values()].forEach((file, index) => form.append(String(index), toBlob(file), nameOf(file)));
  return form;
}

function takeFiles(value: unknown, path: string, files: Map<string, FileSource>): unknown {
  if (isFile(value)) {
    files.set(path, value);
    return null;
  }
  if (Array.isArray(value)) return value.map((one, index) => takeFiles(one, `${path}.${index}`, files));
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, takeFiles(one, `${path}.${key}`, files)]),
  );
}

function toBlob(file: FileSource): Blob {
  return file instanceof Blob ? file : new Blob([file as ArrayBuffer]);
}

function nameOf(file: FileSource): string {
  return 'name' in file && typeof file.name === 'string' ? file.name : 'file';
}
