import type { Prisma, PromptTemplate } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { editDraft, type DraftEdit, type EditedTaxonomy } from './edit-draft.ts';
import { canonicalLanguage } from './languages.ts';
import type { LocalizedText } from './label-name.ts';
import { checkText } from './text-rules.ts';

const SLOT = '{label}';
const MAX = { textLength: 500, perLanguage: 100, inAll: 2_000 };

/** Replaces the prompt templates of the draft. Throws as `editDraft` and `checkTemplates`. */
export async function setPromptTemplates(
  { db }: { db: TenantDb },
  tenantId: string,
  { promptTemplates, ...edit }: DraftEdit & { promptTemplates: readonly LocalizedText[] },
): Promise<EditedTaxonomy> {
  const templates = checkTemplates(promptTemplates);
  return editDraft(db, tenantId, edit, async (tx, { draft }) => {
    await tx.promptTemplate.deleteMany({ where: { tenantId, versionId: draft.id } });
    await insertTemplates(tx, { tenantId, versionId: draft.id }, templates);
  });
}

/** Throws INVALID_INPUT at the first template that is not acceptable: each has exactly one `{label}` slot. */
export function checkTemplates(
  inputs: readonly LocalizedText[],
  path = ['promptTemplates'],
): LocalizedText[] {
  if (inputs.length > MAX.inAll) {
    const message = `A taxonomy has at most ${MAX.inAll} prompt templates; these are ${inputs.length}.`;
    throw new AppError('INVALID_INPUT', { message, path });
  }
  const templates = inputs.map((input, index) => checkTemplate(input, [...path, String(index)]));
  for (const [language, ofLanguage] of Map.groupBy(templates, ({ language }) => language)) {
    if (ofLanguage.length <= MAX.perLanguage) continue;
    const message = `A language has at most ${MAX.perLanguage} prompt templates; '${language}' has ${ofLanguage.length}.`;
    throw new AppError('INVALID_INPUT', { message, path });
  }
  return templates;
}

function checkTemplate({ language, text }: LocalizedText, path: string[]): LocalizedText {
  checkText(text, { what: 'A prompt template', maxLength: MAX.textLength, path: [...path, 'text'] });
  const slots = text.split(SLOT).length - 1;
  if (slots !== 1) {
    const message = `A prompt template has exactly one ${SLOT} slot, as in 'a photo of a ${SLOT}.'; '${text}' has ${slots}.`;
    throw new AppError('INVALID_INPUT', { message, path: [...path, 'text'] });
  }
  return { language: canonicalLanguage(language, [...path, 'language']), text };
}

/** Writes checked templates to a version that has none; their order within a language is kept. */
export async function insertTemplates(
  tx: Tx,
  owner: { tenantId: string; versionId: string },
  templates: readonly LocalizedText[],
): Promise<void> {
  const rows: Prisma.PromptTemplateCreateManyInput[] = [];
  for (const ofLanguage of Map.groupBy(templates, ({ language }) => language).values()) {
    rows.push(...ofLanguage.map((template, position) => ({ ...owner, ...template, position })));
  }
  await tx.promptTemplate.createMany({ data: rows });
}

/** The templates of versions, of each by language in order. */
export async function readTemplates(
  tx: Tx,
  tenantId: string,
  versionIds: readonly string[],
): Promise<PromptTemplate[]> {
  return tx.promptTemplate.findMany({
    where: { tenantId, versionId: { in: [...versionIds] } },
    orderBy: [{ language: 'asc' }, { position: 'asc' }],
  });
}
