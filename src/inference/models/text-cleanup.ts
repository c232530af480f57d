/** ASCII punctuation, as Python's string.punctuation has it. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** What the reference does to a text before its tokenizer sees it, where the tokenizer's own file does not say so. */
const CLEANUPS = {
  none: (text: string) => text,
  /** SigLIP 2. */
  lowercase: (text: string) => text.toLowerCase(),
  /** Chinese-CLIP: curly double quotes, too, become straight ones. Source: OFA-Sys/Chinese-CLIP, cn_clip/clip/utils.py. */
  quotes: (text: string) => text.toLowerCase().replaceAll(/[“”]/g, '"'),
  /** SigLIP: what is between words becomes one space. Source: google-research/big_vision, prompt_engineering.py. */
  punctuation: (text: string) =>
    text.toLowerCase().replaceAll(PUNCTUATION, '').replaceAll(/\s+/g, ' ').trim(),
};

export type TextCleanup = keyof typeof CLEANUPS;

export const TEXT_CLEANUPS = Object.keys(CLEANUPS) as [TextCleanup, ...TextCleanup[]];

/** The text as the tokenizer gets it. */
export function cleanText(text: string, cleanup: TextCleanup): string {
  return CLEANUPS[cleanup](text);
}
