// Composes the pictures of examples/ from Noto artwork (Apache-2.0), large, on clean or gently textured grounds.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import sharp from 'sharp';
import { svgOf } from './artwork.mjs';

const target = fileURLToPath(new URL('../../examples/', import.meta.url));

/** file, size, ground, and what stands on it: icon, centre and side as shares of the central square. */
const pictures = [
  { file: 'two-cats.jpg', size: [640, 480], ground: ['#f4ead8', '#e3d3b6'], things: [['cat', 0.27, 0.53, 0.46], ['cat', 0.73, 0.5, 0.46, true]] },
  { file: 'one-cat.png', size: [480, 360], ground: ['#dcebf5', '#c4dcec'], things: [['cat', 0.5, 0.52, 0.74]] },
  { file: 'one-dog.jpg', size: [640, 480], ground: ['#e2f0dd', '#c9e2c0'], things: [['dog', 0.5, 0.52, 0.74]] },
  { file: 'two-tigers.webp', size: [800, 600], ground: ['#e9f1e4', '#cfdfc6'], things: [['tiger', 0.27, 0.47, 0.48], ['tiger', 0.73, 0.56, 0.46, true]] },
  { file: 'one-tiger.jpg', size: [600, 600], ground: ['#eef2e6', '#d9e2c8'], things: [['tiger', 0.5, 0.52, 0.78]] },
  { file: 'apple.jpg', size: [640, 480], ground: ['#fbf6ec', '#efe2c8'], things: [['red-apple', 0.5, 0.52, 0.66]] },
  { file: 'bicycle.png', size: [480, 400], ground: ['#f1f1ee', '#e0e0da'], things: [['bicycle', 0.5, 0.52, 0.82]] },
  { file: 'penguin.webp', size: [480, 640], ground: ['#e6f2fa', '#cfe4f2'], things: [['penguin', 0.5, 0.5, 0.76]] },
  { file: 'pizza.jpg', size: [640, 480], ground: ['#f3e9dd', '#e4d0ba'], things: [['pizza', 0.5, 0.5, 0.7]] },
  { file: 'rocket.jpg', size: [640, 427], ground: ['#dfe7f7', '#c3d0ec'], things: [['rocket', 0.5, 0.5, 0.78]] },
];

/** A soft vertical gradient. */
function groundSvg([width, height], [top, bottom]) {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/></svg>`);
}

async function drawThing(icon, side, mirrored) {
  const svg = svgOf('noto', icon).replace(/ width="[^"]*" height="[^"]*">/, ` width="${side}" height="${side}">`);
  const picture = sharp(Buffer.from(svg));
  return (mirrored ? picture.flop() : picture).png().toBuffer();
}

async function makePicture({ file, size, ground, things }) {
  const [width, height] = size;
  const square = Math.min(width, height);
  const layers = [];
  for (const [icon, x, y, share, mirrored = false] of things) {
    const side = Math.round(share * square);
    layers.push({
      input: await drawThing(icon, side, mirrored),
      left: Math.round((width - square) / 2 + x * square - side / 2),
      top: Math.round((height - square) / 2 + y * square - side / 2),
    });
  }
  const picture = sharp(groundSvg(size, ground)).composite(layers).removeAlpha();
  const extension = path.extname(file);
  if (extension === '.jpg') picture.jpeg({ quality: 88 });
  else if (extension === '.webp') picture.webp({ quality: 86 });
  else picture.png({ compressionLevel: 9, palette: false });
  const { size: bytes } = await picture.toFile(path.join(target, file));
  console.log(`${file} ${width}x${height} ${(bytes / 1000).toFixed(1)} kB`);
}

await mkdir(target, { recursive: true });
for (const picture of pictures) await makePicture(picture);
