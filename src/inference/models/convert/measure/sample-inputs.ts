import type { Tower } from '../towers/tower.ts';

/** What both graphs of a tower are run on, one after the other. */
export type SampleInput =
  | { pixels: Uint8Array; dims: number[] }
  /** One text without padding. */
  | { ids: number[] };

const PICTURES = 8;
const TEXT_LENGTHS = [4, 5, 6, 8, 11, 15, 20, 32];

/** Made of formulas, the same every time: a checkpoint brings no pictures, and no tokenizer. */
export function makeSamples({ input }: Pick<Tower, 'input'>): SampleInput[] {
  if (input.kind === 'pixels')
    return Array.from({ length: PICTURES }, (_, seed) => makePicture(seed, input.width, input.height));
  return TEXT_LENGTHS.map((length, seed) => makeText(seed, length, input));
}

/** Waves of several lengths in each channel, a disc in front, and some noise. */
function makePicture(seed: number, width: number, height: number): SampleInput {
  const random = createRandom(seed);
  const waves = Array.from({ length: 9 }, () => ({
    x: (random() - 0.5) * 40,
    y: (random() - 0.5) * 40,
    phase: random() * 7,
  }));
  const disc = { x: 0.2 + 0.6 * random(), y: 0.2 + 0.6 * random(), radius: 0.1 + 0.3 * random() };
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [(Math.floor(i / 3) % width) / width, Math.floor(i / 3 / width) / height];
    const channel = i % 3;
    const ofChannel = waves.filter((_, n) => n % 3 === channel);
    const background = ofChannel.reduce((sum, wave) => sum + Math.sin(wave.x * x + wave.y * y + wave.phase), 0);
    const isInside = Math.hypot(x - disc.x, y - disc.y) < disc.radius;
    const value = isInside ? 60 + 60 * ((channel + seed) % 3) : 125 + 40 * background;
    return Math.min(255, Math.max(0, value + 20 * (random() - 0.5)));
  });
  return { pixels, dims: [1, height, width, 3] };
}

/** Any tokens between those with which texts of the family begin and end. */
function makeText(seed: number, wanted: number, { vocabulary, length, ends }: TextInput): SampleInput {
  const random = createRandom(seed);
  const count = typeof length === 'number' ? length : Math.min(wanted, length.most);
  const ids = Array.from({ length: count }, () => Math.floor(random() * vocabulary));
  [ids[0], ids[count - 1]] = ends.map((id) => Math.min(id, vocabulary - 1)) as [number, number];
  return { ids };
}

type TextInput = Extract<Tower['input'], { kind: 'ids' }>;

/** Numbers from 0 to 1. Source: Numerical Recipes, section 7.1. */
function createRandom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
