import type { Activation, ModelResolvers } from '../schema/types.generated.ts';

export const Model: ModelResolvers = {
  activation: ({ activation }) => activation.toUpperCase() as Activation,
  provider: ({ provider }) => provider ?? null,
  licenceNotice: ({ licenceNotice }) => licenceNotice ?? null,
};
