// Colours black-and-white drawings: finds the body behind the ink and paints both, so that line art and silhouettes teach shapes.
import sharp from 'sharp';

const side = 160;
/** Gaps of up to twice this many pixels in a contour do not let the ground into the body. */
const reach = 4;

/** Largest (or, of the complement, smallest) value around each pixel: a square of 2 * reach + 1. */
function spread(mask) {
  const rows = new Uint8Array(mask.length);
  const result = new Uint8Array(mask.length);
  for (const [source, target, step] of [[mask, rows, 1], [rows, result, side]]) {
    for (let i = 0; i < source.length; i += 1) {
      if (!source[i]) continue;
      const place = step === 1 ? i % side : Math.floor(i / side);
      for (let d = Math.max(-reach, -place); d <= Math.min(reach, side - 1 - place); d += 1) target[i + d * step] = 1;
    }
  }
  return result;
}

/** The pixels that are reached from the border without crossing a blocked one. */
function flood(blocked) {
  const outside = new Uint8Array(blocked.length);
  const queue = [];
  const visit = (i) => { if (!blocked[i] && !outside[i]) { outside[i] = 1; queue.push(i); } };
  for (let i = 0; i < side; i += 1) for (const edge of [i, i * side, i * side + side - 1, (side - 1) * side + i]) visit(edge);
  while (queue.length > 0) {
    const i = queue.pop();
    const column = i % side;
    if (column > 0) visit(i - 1);
    if (column < side - 1) visit(i + 1);
    if (i >= side) visit(i - side);
    if (i < side * (side - 1)) visit(i + side);
  }
  return outside;
}

/** What an SVG in black covers: { ink: alpha of 160x160, inside: 1 within its contour, solid: whether ink fills most of that }. */
export async function readInk(svg) {
  const margin = 10;
  const { data } = await sharp(Buffer.from(svg.replaceAll('currentColor', '#000'))).resize(side - 2 * margin, side - 2 * margin, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .ensureAlpha().extractChannel(3).raw().toBuffer({ resolveWithObject: true });
  const inked = data.map((alpha) => Number(alpha > 100));
  const far = spread(flood(spread(inked)));
  const inside = inked.map((value, i) => Number(value || !far[i]));
  const share = inked.reduce((sum, value) => sum + value, 0) / inside.reduce((sum, value) => sum + value, 0);
  return { ink: data, inside, solid: share > 0.45 };
}

/** The drawing as a PNG: dark lines on a coloured body, or (solid drawings, half of the time) a coloured body with light or dark marks. */
export async function paintInk({ ink, inside, solid }, palette, random) {
  const pick = () => palette[Math.floor(random() * palette.length)].map((value) => clamp(value + (random() - 0.5) * 50));
  const grey = (low, high) => { const value = low + random() * (high - low); return [value, value, value].map((channel) => clamp(channel + (random() - 0.5) * 16)); };
  const coloured = solid && random() < 0.5;
  const line = coloured ? pick() : grey(5, 60);
  const chooseBody = () => {
    if (coloured) return random() < 0.5 ? grey(220, 255) : grey(5, 60);
    return random() < 0.2 ? grey(225, 255) : pick();
  };
  let body = chooseBody();
  for (let tries = 0; Math.abs(brightness(body) - brightness(line)) < 70 && tries < 20; tries += 1) body = chooseBody();
  const pixels = Buffer.alloc(side * side * 4);
  for (let i = 0; i < ink.length; i += 1) {
    const share = ink[i] / 255;
    for (let c = 0; c < 3; c += 1) pixels[4 * i + c] = inside[i] ? Math.round(line[c] * share + body[c] * (1 - share)) : line[c];
    pixels[4 * i + 3] = inside[i] ? 255 : ink[i];
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 4 } }).png().toBuffer();
}

/** The colours of coloured drawings, as [red, green, blue], each as often as it is used. */
export function coloursOf(svgs) {
  return svgs.flatMap((svg) => [...svg.matchAll(/#([0-9a-f]{6}|[0-9a-f]{3})\b(?!\))/gi)]).map(([, digits]) => {
    const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
    return [0, 2, 4].map((start) => parseInt(full.slice(start, start + 2), 16));
  });
}

const brightness = ([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue;
const clamp = (value) => Math.round(Math.min(255, Math.max(0, value)));
