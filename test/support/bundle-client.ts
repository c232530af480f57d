import { resolve } from 'node:path';
import { build } from 'vite';
import { DIST } from './built-client.ts';

/** The text of the client, or of what one of its names needs, bundled and minified as frontends do it. */
export async function bundleClient(names = '*'): Promise<string> {
  const entry = resolve(DIST, 'index.js');
  const source = `export ${names} from ${JSON.stringify(entry)};`;
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? source : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rolldownOptions: { input: 'entry', preserveEntrySignatures: 'strict', output: { format: 'es' } },
    },
  });
  const [bundle] = [result].flat() as { output: { code?: string }[] }[];
  if (bundle?.output.length !== 1) throw new Error('The client is one chunk.');
  return bundle.output[0]!.code!;
}
