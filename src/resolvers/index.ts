import type { Resolvers } from '../schema/types.generated.ts';
import { ApiKey } from './ApiKey.ts';
import { Classification } from './Classification.ts';
import { ClassificationJob } from './ClassificationJob.ts';
import { ClassificationJobItem } from './ClassificationJobItem.ts';
import { ClassificationOutcome } from './ClassificationOutcome.ts';
import { ClassificationStatsGroup } from './ClassificationStatsGroup.ts';
import { DeliveryAttempt } from './DeliveryAttempt.ts';
import { InboundHook } from './InboundHook.ts';
import { InboundMessage } from './InboundMessage.ts';
import { ImageInfo } from './ImageInfo.ts';
import { Label } from './Label.ts';
import { LabelDifference } from './LabelDifference.ts';
import { Model } from './Model.ts';
import { archiveTaxonomy } from './Mutation/archiveTaxonomy.ts';
import { cancelClassificationJob } from './Mutation/cancelClassificationJob.ts';
import { classifyImages } from './Mutation/classifyImages.ts';
import { createAccessToken } from './Mutation/createAccessToken.ts';
import { createApiKey } from './Mutation/createApiKey.ts';
import { createClassificationJob } from './Mutation/createClassificationJob.ts';
import { createInboundHook } from './Mutation/createInboundHook.ts';
import { createTaxonomy } from './Mutation/createTaxonomy.ts';
import { createTenant } from './Mutation/createTenant.ts';
import { createWebhookEndpoint } from './Mutation/createWebhookEndpoint.ts';
import { deleteInboundHook } from './Mutation/deleteInboundHook.ts';
import { deleteWebhookEndpoint } from './Mutation/deleteWebhookEndpoint.ts';
import { exportLabels } from './Mutation/exportLabels.ts';
import { importLabels } from './Mutation/importLabels.ts';
import { moveLabels } from './Mutation/moveLabels.ts';
import { previewImages } from './Mutation/previewImages.ts';
import { publishTaxonomy } from './Mutation/publishTaxonomy.ts';
import { redeliver } from './Mutation/redeliver.ts';
import { removeLabels } from './Mutation/removeLabels.ts';
import { restoreTaxonomyVersion } from './Mutation/restoreTaxonomyVersion.ts';
import { reclassify } from './Mutation/reclassify.ts';
import { retryClassificationJob } from './Mutation/retryClassificationJob.ts';
import { revokeApiKey } from './Mutation/revokeApiKey.ts';
import { rotateApiKey } from './Mutation/rotateApiKey.ts';
import { rotateInboundHookSecret } from './Mutation/rotateInboundHookSecret.ts';
import { rotateWebhookSecret } from './Mutation/rotateWebhookSecret.ts';
import { sendTestEvent } from './Mutation/sendTestEvent.ts';
import { setPromptTemplates } from './Mutation/setPromptTemplates.ts';
import { updateInboundHook } from './Mutation/updateInboundHook.ts';
import { updateTaxonomy } from './Mutation/updateTaxonomy.ts';
import { updateTenant } from './Mutation/updateTenant.ts';
import { updateWebhookEndpoint } from './Mutation/updateWebhookEndpoint.ts';
import { upsertLabels } from './Mutation/upsertLabels.ts';
import { Prediction } from './Prediction.ts';
import { PreviewOutcome } from './PreviewOutcome.ts';
import { PreviewPrediction } from './PreviewPrediction.ts';
import { apiKeys } from './Query/apiKeys.ts';
import { classification } from './Query/classification.ts';
import { classificationJob } from './Query/classificationJob.ts';
import { classificationStats } from './Query/classificationStats.ts';
import { classifications } from './Query/classifications.ts';
import { inboundHooks } from './Query/inboundHooks.ts';
import { models } from './Query/models.ts';
import { node } from './Query/node.ts';
import { nodes } from './Query/nodes.ts';
import { taxonomies } from './Query/taxonomies.ts';
import { taxonomy } from './Query/taxonomy.ts';
import { tenant } from './Query/tenant.ts';
import { tenants } from './Query/tenants.ts';
import { usage } from './Query/usage.ts';
import { viewer } from './Query/viewer.ts';
import { webhookDeliveries } from './Query/webhookDeliveries.ts';
import { webhookEndpoints } from './Query/webhookEndpoints.ts';
import { scalars } from './scalars.ts';
import { classificationCreated } from './Subscription/classificationCreated.ts';
import { classificationJobProgress } from './Subscription/classificationJobProgress.ts';
import { taxonomyVersionProgress } from './Subscription/taxonomyVersionProgress.ts';
import { Taxonomy } from './Taxonomy.ts';
import { TaxonomyDifference } from './TaxonomyDifference.ts';
import { TaxonomyDraft } from './TaxonomyDraft.ts';
import { TaxonomyVersion } from './TaxonomyVersion.ts';
import { Tenant } from './Tenant.ts';
import { UsageGroup } from './UsageGroup.ts';
import { Viewer } from './Viewer.ts';
import { WebhookDelivery } from './WebhookDelivery.ts';
import { WebhookEndpoint } from './WebhookEndpoint.ts';
import { WebhookEvent } from './WebhookEvent.ts';

/** Every resolver by its place in the schema. Types that stand in no list have no field but their own properties. */
export const resolvers: Resolvers = {
  ...scalars,
  Query: {
    apiKeys,
    classification,
    classificationJob,
    classificationStats,
    classifications,
    inboundHooks,
    models,
    node,
    nodes,
    taxonomies,
    taxonomy,
    tenant,
    tenants,
    usage,
    viewer,
    webhookDeliveries,
    webhookEndpoints,
  },
  Mutation: {
    archiveTaxonomy,
    cancelClassificationJob,
    classifyImages,
    createAccessToken,
    createApiKey,
    createClassificationJob,
    createInboundHook,
    createTaxonomy,
    createTenant,
    createWebhookEndpoint,
    deleteInboundHook,
    deleteWebhookEndpoint,
    exportLabels,
    importLabels,
    moveLabels,
    previewImages,
    publishTaxonomy,
    redeliver,
    removeLabels,
    restoreTaxonomyVersion,
    reclassify,
    retryClassificationJob,
    revokeApiKey,
    rotateApiKey,
    rotateInboundHookSecret,
    rotateWebhookSecret,
    sendTestEvent,
    setPromptTemplates,
    updateInboundHook,
    updateTaxonomy,
    updateTenant,
    updateWebhookEndpoint,
    upsertLabels,
  },
  Subscription: { classificationCreated, classificationJobProgress, taxonomyVersionProgress },
  ApiKey,
  Classification,
  ClassificationJob,
  ClassificationJobItem,
  ClassificationOutcome,
  ClassificationStatsGroup,
  DeliveryAttempt,
  InboundHook,
  InboundMessage,
  ImageInfo,
  Label,
  LabelDifference,
  Model,
  Prediction,
  PreviewOutcome,
  PreviewPrediction,
  Taxonomy,
  TaxonomyDifference,
  TaxonomyDraft,
  TaxonomyVersion,
  Tenant,
  UsageGroup,
  Viewer,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEvent,
};
