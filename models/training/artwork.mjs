// Finds the artwork of a concept in each installed set and returns it as SVG text or an image file.
import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** The sets, with their role. A held-out set is never seen in training; OpenMoji (CC BY-SA) is only ever a test. */
export const sets = [
  { name: 'noto', role: 'train' },
  { name: 'noto-v1', role: 'train' },
  { name: 'fluent-emoji', role: 'train' },
  { name: 'fluent-emoji-flat', role: 'train' },
  { name: 'fluent-emoji-3d', role: 'train' },
  { name: 'fxemoji', role: 'train' },
  { name: 'emojione', role: 'train' },
  { name: 'streamline-emojis', role: 'train' },
  { name: 'openmoji', role: 'choose' },
  { name: 'twemoji', role: 'test' },
];

/** Sets whose icons are found by comparing names with every non-letter removed, since they list no code points. */
const namedSets = new Set(['fxemoji', 'streamline-emojis']);

/** Icons that no name leads to: side views, and the fox faces that fxemoji draws in place of cat faces. */
const extraIcons = {
  fxemoji: {
    cat: ['catside'], dog: ['dogside', 'poodle'], tiger: ['tigerside'],
    fox: ['foxsmiling', 'foxgrin', 'foxwry', 'foxkissing', 'foxpouting', 'foxtearofjoy', 'foxcrying', 'foxweary', 'foxheart'],
  },
  'streamline-emojis': { fox: ['fox-face-1', 'fox-face-2'] },
};

/** The concepts of concepts.txt: name, primary code points, code points used in training only. */
export function readConcepts() {
  const text = readFileSync(new URL('./concepts.txt', import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
    const columns = line.split('|').map((column) => column.trim());
    const codes = (column) => (columns[column] ?? '').split(' ').filter(Boolean);
    return { name: columns[0], primary: codes(6), more: codes(7) };
  });
}

const iconSets = new Map();
function loadSet(name) {
  if (!iconSets.has(name)) {
    const icons = require(`@iconify-json/${name}/icons.json`);
    let chars = {};
    try { chars = require(`@iconify-json/${name}/chars.json`); } catch { /* this set lists no code points */ }
    iconSets.set(name, { icons, chars });
  }
  return iconSets.get(name);
}

const letters = (name) => name.replace(/-\d$/, '').replace(/[^a-z]/g, '');
const slug = (label) => label.toLowerCase().normalize('NFD').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

const labels = new Map(require('emojibase-data/en/data.json').map((entry) => [plainCode(entry.hexcode), entry.label]));
function plainCode(code) {
  return code.toLowerCase().replace(/-fe0f/g, '');
}

/** Every name an icon of this code point goes by in the sets that list code points, and its CLDR label. */
function namesOf(code) {
  const names = [];
  for (const set of ['noto', 'fluent-emoji-flat', 'twemoji', 'openmoji']) {
    const { chars } = loadSet(set);
    names.push(chars[code], chars[`${code}-fe0f`]);
  }
  const label = labels.get(plainCode(code));
  if (label) names.push(slug(label), slug(`${label} face`));
  return [...new Set(names.filter(Boolean))];
}

/** The icon's SVG text, following aliases; undefined when the set lacks it. */
export function svgOf(setName, icon) {
  const { icons } = loadSet(setName);
  const body = icons.icons[icon] ?? icons.icons[icons.aliases?.[icon]?.parent];
  if (!body) return undefined;
  const width = body.width ?? icons.width ?? 16;
  const height = body.height ?? icons.height ?? 16;
  const box = `${body.left ?? icons.left ?? 0} ${body.top ?? icons.top ?? 0} ${width} ${height}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="${box}" width="${width}" height="${height}">${body.body}</svg>`;
}

function fluent3d(code) {
  const folder = path.join(path.dirname(require.resolve('@lobehub/fluent-emoji-3d/package.json')), 'assets');
  return [`${code}.webp`, `${code}-fe0f.webp`].map((file) => path.join(folder, file)).find((file) => existsSync(file));
}

/** The pictures of a concept in a set: [{ icon, primary, svg | file }]. */
export function findArtwork(setName, concept) {
  const found = new Map();
  for (const [codes, primary] of [[concept.primary, true], [concept.more, false]]) {
    for (const code of codes) {
      if (setName === 'fluent-emoji-3d') {
        const file = fluent3d(code);
        if (file) found.set(file, { icon: path.basename(file), primary, file });
        continue;
      }
      const { icons, chars } = loadSet(setName);
      const own = namedSets.has(setName) ? undefined : (chars[code] ?? chars[`${code}-fe0f`]);
      const candidates = own ? [own] : namesOf(code);
      const icon = namedSets.has(setName)
        ? Object.keys(icons.icons).find((name) => candidates.some((wanted) => letters(wanted) === letters(name)))
        : candidates.find((name) => svgOf(setName, name));
      if (icon && !found.has(icon)) found.set(icon, { icon, primary, svg: svgOf(setName, icon) });
    }
  }
  for (const icon of extraIcons[setName]?.[concept.name] ?? []) {
    const svg = svgOf(setName, icon);
    if (svg && !found.has(icon)) found.set(icon, { icon, primary: false, svg });
  }
  return [...found.values()];
}
