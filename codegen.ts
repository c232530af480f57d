import type { CodegenConfig } from '@graphql-codegen/cli';

const row = (name: string, alias = name) => `../database/generated/client.ts#${name} as ${alias}Row`;

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
  },
};
export default config;
