// Renders the artwork to sprites/: sprites.bin (uint8 RGBA, 64x64 each, not premultiplied) and index.json.
import { mkdir, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { findArtwork, readConcepts, sets } from './artwork.mjs';
import { findExtraArtwork } from './extra-artwork.mjs';
import { coloursOf, paintInk, readInk } from './ink.mjs';
import { recolour, seededRandom } from './recolour.mjs';

const side = 64;
const inner = 60;
/** Recoloured copies of a drawing in training; more for the animals of the five-label table. */
const recoloured = { cat: 3, dog: 3, tiger: 3 };
const recolouredElsewhere = 2;
/** Paintings of a drawing without colour. */
const painted = 4;

/** One sprite: the picture, first drawn at the given size, trimmed to its ink, fitted into 60x60 and centred in 64x64; Buffer of 64*64*4. */
async function renderSprite(input, size = 160) {
  const large = sharp(input, typeof input === 'string' ? {} : { density: 72 })
    .ensureAlpha().resize(size, size, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } });
  const trimmed = await sharp(await large.png().toBuffer()).trim({ background: { r: 0, g: 0, b: 0, alpha: 0 }, threshold: 4 }).png().toBuffer();
  const fitted = await sharp(trimmed).resize(inner, inner, { fit: 'inside' }).png().toBuffer({ resolveWithObject: true });
  const left = Math.floor((side - fitted.info.width) / 2);
  const top = Math.floor((side - fitted.info.height) / 2);
  return sharp({ create: { width: side, height: side, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: fitted.data, left, top }]).raw().toBuffer();
}

/** SVG is scaled up before it is rasterised, so that it is sharp at 160 pixels. */
function enlarge(svg) {
  return Buffer.from(svg.replace(/ width="[^"]*" height="[^"]*">/, ' width="160" height="160">'));
}

/** The sprites of a further drawing: painted when it has no colour, else itself and its recoloured copies. */
async function renderExtra({ svg, ink, wide }, copies, palette, random) {
  const sprites = [];
  if (ink) {
    const drawing = await readInk(svg);
    for (let variant = 0; variant < painted; variant += 1) sprites.push(await renderSprite(await paintInk(drawing, palette, random)));
    return sprites;
  }
  for (let variant = 0; variant <= copies; variant += 1) {
    const coat = variant === 0 ? svg : recolour(svg, random, wide ? 180 : 22);
    // A clip art's page may be of any size, with the drawing small on it.
    sprites.push(await renderSprite(Buffer.from(coat), 640));
  }
  return sprites;
}

sharp.concurrency(1);
const random = seededRandom(20261124);
const extraRandom = seededRandom(20261126);
const index = [];
const pixels = [];
for (const concept of readConcepts()) {
  const copiesOf = recoloured[concept.name] ?? recolouredElsewhere;
  for (const set of sets) {
    for (const art of findArtwork(set.name, concept)) {
      const copies = set.role === 'train' && art.svg ? copiesOf : 0;
      for (let variant = 0; variant <= copies; variant += 1) {
        const input = art.svg ? enlarge(variant === 0 ? art.svg : recolour(art.svg, random)) : art.file;
        try {
          pixels.push(await renderSprite(input));
          index.push({ concept: concept.name, set: set.name, role: set.role, icon: art.icon, primary: art.primary, variant });
        } catch (error) {
          console.error(`cannot render ${set.name}/${art.icon}: ${error.message}`);
        }
      }
    }
  }
  const palette = coloursOf(['noto', 'emojione'].flatMap((set) => findArtwork(set, concept)).filter(({ primary }) => primary).map(({ svg }) => svg));
  for (const art of findExtraArtwork(concept)) {
    try {
      for (const [variant, sprite] of (await renderExtra(art, copiesOf, palette, extraRandom)).entries()) {
        pixels.push(sprite);
        index.push({ concept: concept.name, set: art.set, role: 'train', icon: art.icon, primary: true, variant });
      }
    } catch (error) {
      console.error(`cannot render ${art.set}/${art.icon}: ${error.message}`);
    }
  }
}
await mkdir(new URL('./sprites/', import.meta.url), { recursive: true });
await writeFile(new URL('./sprites/sprites.bin', import.meta.url), Buffer.concat(pixels));
await writeFile(new URL('./sprites/index.json', import.meta.url), JSON.stringify(index));
const counts = {};
for (const { set } of index) counts[set] = (counts[set] ?? 0) + 1;
console.log(`${index.length} sprites`, counts);
