// app/api/classify/route.ts of a Next.js app, or a handler of any framework that speaks Request and Response: a page
// posts a picture as a form and is answered with its best labels. The key stays on the server.
import { createClient, TaxolensError } from '@taxolens/client';

const client = createClient({
  url: process.env.SERVER_URL ?? 'http://127.0.0.1:4000',
  key: process.env.API_KEY ?? '',
});

export async function POST(request: Request): Promise<Response> {
  const picture = (await request.formData()).get('picture');
  if (!(picture instanceof Blob)) return Response.json({ message: 'Send a picture.' }, { status: 400 });
  try {
    const input = { images: [picture], taxonomies: ['five-labels'], topK: 3 };
    const [result] = await client.classify(input, { signal: request.signal });
    const outcome = result!.outcomes[0]!;
    if ('code' in outcome) return Response.json({ message: outcome.message }, { status: 422 });
    return Response.json(outcome.predictions.map(({ name, score }) => ({ name, score })));
  } catch (error) {
    if (!(error instanceof TaxolensError)) throw error;
    return Response.json({ message: error.message }, { status: 502 });
  }
}
