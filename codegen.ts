import type { CodegenConfig } from '@graphql-codegen/cli';

const row = (name: string, alias = name) => `../database/generated/client.ts#${name} as ${alias}Row`;

/** What JSON makes of the scalars; a file of whatever kind becomes a part of a multipart request. */
const CLIENT = {
  useTypeImports: true,
  enumsAsTypes: true,
  scalars: {
    ID: 'string',
    DateTime: 'string',
    JSONObject: 'Record<string, unknown>',
    LanguageTag: 'string',
    URL: 'string',
    Upload: { input: "import('./multipart.ts').FileSource", output: 'never' },
  },
};

const config: CodegenConfig = {
  schema: 'src/schema/*.graphql',
  generates: {
    'src/schema/types.generated.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        avoidOptionals: { defaultValue: true },
        inputMaybeValue: 'T | null | undefined',
        contextType: '../context.ts#Context',
        scalars: {
          ID: 'string',
          DateTime: { input: 'Date', output: 'Date' },
          JSONObject: 'Record<string, unknown>',
          LanguageTag: 'string',
          URL: 'string',
          Upload: {
            input: "import('../upload.ts').Upload",
            output: 'never',
          },
        },
        mappers: {
          Viewer: '../tenancy/viewer.ts#Viewer as ViewerRow',
          Tenant: row('Tenant'),
          ApiKey: row('ApiKey'),
          Taxonomy: row('Taxonomy'),
          TaxonomyDraft: row('Taxonomy'),
          TaxonomyVersion: row('TaxonomyVersion'),
          Label: row('Label'),
          LabelPair: '../taxonomy/read-closest.ts#LabelPair as LabelPairRow',
          ClassificationStatsGroup: '../classification/stats.ts#StatsGroup',
          PreviewPrediction: '../resolvers/PreviewPrediction.ts#PreviewPredictionRow',
          TaxonomyDifference: '../taxonomy/compare-versions.ts#TaxonomyDifference as TaxonomyDifferenceRow',
          LabelDifference: '../taxonomy/label-difference.ts#LabelDifference as LabelDifferenceRow',
          ImportChanges: '../taxonomy/files/import-labels.ts#ImportChanges as ImportChangesRow',
          Classification: row('Classification'),
          ClassificationJob: row('ClassificationJob'),
          ClassificationJobItem: row('ClassificationJobItem'),
          Prediction: row('Prediction'),
          Model: '../inference/index.ts#ModelStatus',
          WebhookEndpoint: row('WebhookEndpoint'),
          WebhookEvent: row('WebhookEvent'),
          WebhookDelivery: row('WebhookDelivery'),
          DeliveryAttempt: row('DeliveryAttempt'),
          InboundHook: row('InboundHook'),
          InboundMessage: row('InboundMessage'),
          UsageGroup: '../metering/read-usage.ts#UsageGroup as UsageGroupRow',
        },
      },
    },
    'packages/client/src/schema.generated.ts': {
      plugins: ['typescript'],
      config: {
        ...CLIENT,
        skipTypename: true,
        avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: false },
      },
    },
    'packages/client/src/operations.generated.ts': {
      documents: 'packages/client/src/operations.ts',
      plugins: ['typescript-operations'],
      config: { ...CLIENT, avoidOptionals: false, skipTypename: true },
    },
  },
};
export default config;
