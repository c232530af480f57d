// Makes another design out of an SVG: every colour in it moves a little, so that one drawing gives several coats.

/** A small seeded generator (mulberry32): the same seed gives the same sprites. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Replaces every hex colour: one hue, saturation and lightness move for the whole drawing, and a smaller one for each colour.
 * hue: how far the whole drawing's hue may move, in degrees.
 */
export function recolour(svg, random, hue = 22) {
  const spread = (width) => (random() * 2 - 1) * width;
  const whole = { hue: spread(hue), saturation: 0.65 + random() * 0.7, lightness: spread(0.12) };
  const moved = new Map();
  return svg.replace(/#([0-9a-f]{6}|[0-9a-f]{3})\b(?!\))/gi, (colour, digits) => {
    const key = digits.toLowerCase();
    if (!moved.has(key)) moved.set(key, moveColour(key, whole, spread));
    return moved.get(key);
  });
}

function moveColour(digits, whole, spread) {
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const [red, green, blue] = [0, 2, 4].map((start) => parseInt(full.slice(start, start + 2), 16) / 255);
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  const range = high - low;
  let hue = 0;
  if (range > 0) {
    if (high === red) hue = ((green - blue) / range + 6) % 6;
    else if (high === green) hue = (blue - red) / range + 2;
    else hue = (red - green) / range + 4;
  }
  const lightness = (high + low) / 2;
  const saturation = range === 0 ? 0 : range / (1 - Math.abs(2 * lightness - 1));
  // Ink and highlights keep their place: the move shrinks towards black and white.
  const room = Math.min(1, 4 * Math.min(lightness, 1 - lightness));
  return toHex({
    hue: (hue * 60 + whole.hue + spread(9) + 360) % 360,
    saturation: clamp(saturation * whole.saturation + spread(0.05)),
    lightness: clamp(lightness + (whole.lightness + spread(0.05)) * room),
  });
}

function toHex({ hue, saturation, lightness }) {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset) => {
    const k = (offset + hue / 30) % 12;
    return lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return `#${[0, 8, 4].map((offset) => Math.round(channel(offset) * 255).toString(16).padStart(2, '0')).join('')}`;
}

const clamp = (value) => Math.min(1, Math.max(0, value));
