/** The directory of models: what can be added to it, what was, and how it is kept. */
export { addDefaultModel } from './add-default-model.ts';
export { addModel } from './add-model.ts';
export { importModel } from './import-model.ts';
export { findModel, listAddedModels, listModels } from './list-models.ts';
export { removeModel } from './remove-model.ts';
export { reportLines } from './report-lines.ts';
export { verifyModel } from './verify-model.ts';
export { megabytes } from './check-room.ts';
export type { AddedModel, Reporter } from './add-model.ts';
