// The further drawings of training: those listed in extra-artwork.txt, and the concepts' glyphs in sets and fonts without colour.
import { existsSync, readFileSync } from 'node:fs';
import { findArtwork, svgOf } from './artwork.mjs';

const openClipArt = '/usr/share/openclipart/svg/';
/** Sets whose icons have no colour of their own: they are painted (ink.mjs). */
const inkSets = new Set(['game-icons', 'mdi', 'ph', 'lucide', 'tabler', 'fa6-solid', 'hugeicons', 'temaki']);
/** Sets without colour that list code points. */
const inkEmoji = ['fluent-emoji-high-contrast', 'emojione-monotone'];
const list = readFileSync(new URL('./extra-artwork.txt', import.meta.url), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
  .map((line) => { const [concept, set, icons] = line.split(' | '); return { concept, set, icons: icons.split(' ') }; });
const glyphFile = new URL('./sprites/glyphs.json', import.meta.url);
const glyphs = existsSync(glyphFile) ? JSON.parse(readFileSync(glyphFile, 'utf8')) : {};

/** The listed drawing as SVG; a streamline-kameleon-color icon loses the disc behind it. */
function listedSvg(set, icon) {
  if (set === 'openclipart') return readFileSync(`${openClipArt}${icon}.svg`, 'utf8');
  const svg = svgOf(set, icon);
  return set === 'streamline-kameleon-color' ? svg?.replace(/<path fill="#[0-9a-f]+" d="M2[34][.\d]* 4[78][.\d]*c[^"]*"\/>/, '') : svg;
}

function glyphSvg({ path, box: [left, bottom, right, top] }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${-top} ${right - left} ${top - bottom}" width="160" height="160"><path transform="scale(1,-1)" d="${path}"/></svg>`;
}

/** -> [{ set, icon, svg, ink: has no colour, wide: of one hue by style, so that any other does as well }]. */
export function findExtraArtwork(concept) {
  const found = [];
  for (const { set, icons } of list.filter((row) => row.concept === concept.name)) {
    for (const icon of icons) {
      const svg = listedSvg(set, icon);
      if (!svg) throw new Error(`extra-artwork.txt names ${set}/${icon}, which is not there`);
      found.push({ set, icon, svg, ink: inkSets.has(set), wide: set.startsWith('streamline') || set === 'icon-park' });
    }
  }
  for (const set of inkEmoji) for (const { icon, svg } of findArtwork(set, { ...concept, more: [] })) found.push({ set, icon, svg, ink: true, wide: false });
  for (const [set, outlines] of Object.entries(glyphs)) {
    for (const code of concept.primary) if (outlines[code]) found.push({ set, icon: code, svg: glyphSvg(outlines[code]), ink: true, wide: false });
  }
  return found;
}
