import { join } from 'node:path';
import { EXAMPLES_DIR } from '../config.ts';
import type { Model } from '../inference/index.ts';

/** The shipped pictures, each with the label that is right for it, by language. */
const SAMPLES = [
  { file: 'two-cats.jpg', en: 'two cats', zh: '两只猫' },
  { file: 'one-dog.jpg', en: 'one dog', zh: '一只狗' },
  { file: 'one-tiger.jpg', en: 'one tiger', zh: '一只老虎' },
  { file: 'apple.jpg', en: 'apple', zh: '苹果' },
  { file: 'bicycle.png', en: 'bicycle', zh: '自行车' },
  { file: 'penguin.webp', en: 'penguin', zh: '企鹅' },
  { file: 'pizza.jpg', en: 'pizza', zh: '披萨' },
  { file: 'rocket.jpg', en: 'rocket', zh: '火箭' },
];

export const EXAMPLES = SAMPLES.map(({ file }) => join(EXAMPLES_DIR, file));

/** A label for each picture, in order, in a language that the model knows, with its prompt. */
export function labelsFor({ languages }: Pick<Model, 'languages'>): { label: string; prompt: string }[] {
  const isChinese = languages.includes('zh') && !languages.includes('en');
  return SAMPLES.map(({ en, zh }) =>
    isChinese ? { label: zh, prompt: `这是一张${zh}的照片` } : { label: en, prompt: `a photo of a ${en}.` },
  );
}
