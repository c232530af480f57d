// Classifies examples/ with the exported model: each picture must be right in both languages. Run prepare_examples.py first.
import { readFileSync } from 'node:fs';
import { openModel, similarities } from './encoders.mjs';
import { argmax, softmax } from './figures.mjs';

const work = new URL('./evaluation/work/', import.meta.url);
const files = JSON.parse(readFileSync(new URL('examples.json', work), 'utf8'));
const table = { en: ['one cat', 'one dog', 'two cats', 'two tigers', 'one tiger'], zh: ['一只猫', '一只狗', '两只猫', '两只老虎', '一只老虎'] };
const things = { en: ['apple', 'bicycle', 'penguin', 'pizza', 'rocket', 'cat', 'dog', 'tiger', 'car', 'tree'], zh: ['苹果', '自行车', '企鹅', '披萨', '火箭', '猫', '狗', '老虎', '汽车', '树'] };
const lines = readFileSync(new URL('./concepts.txt', import.meta.url), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
const concepts = { en: lines.map((line) => line.split('|')[0].trim()), zh: lines.map((line) => line.split('|')[2].trim()) };

const model = await openModel();
const images = await model.encodeImages(readFileSync(new URL('examples.bin', work)));
let wrong = 0;
for (const [i, file] of files.entries()) {
  const name = file.replace(/\..*$/, '').replace('-', ' ');
  const inTable = table.en.includes(name);
  const results = [];
  for (const labels of inTable ? [table] : [things, concepts]) {
    const truth = labels.en.indexOf(name);
    for (const language of ['en', 'zh']) {
      const [row] = similarities([images[i]], (await model.encodeTexts(labels[language])).vectors);
      const scores = softmax(row, model.logitScale);
      const chosen = argmax(row);
      if (chosen !== truth) wrong += 1;
      results.push(`${chosen === truth ? 'ok' : 'WRONG'} ${labels[language][chosen]} ${scores[chosen].toFixed(3)} of ${labels.en.length}`);
    }
  }
  console.log(`${file}: ${results.join(' | ')}`);
}
console.log(wrong === 0 ? 'every picture is right in both languages' : `${wrong} wrong answers`);
process.exitCode = wrong === 0 ? 0 : 1;
