export { createClient, type Client } from './client.ts';
export type { ClassifyInput, ImageResult, Outcome } from './classify.ts';
export type { ClientOptions, Credential } from './connection.ts';
export { TaxolensError, TaxolensUserError, unwrap, type FailureCode, type UserError } from './errors.ts';
export type { Image, TaxonomyChoice } from './images.ts';
export type { ItemOptions, Job, JobInput, JobItem, WaitOptions } from './jobs.ts';
export type { FileSource } from './multipart.ts';
export type { Page } from './paginate.ts';
export type { PublishOptions, Version } from './publish.ts';
export type { CallOptions, Request } from './request.ts';
export type { RetryPolicy } from './retries.ts';
/** Every type of the API's schema. */
export type * as Schema from './schema.generated.ts';
export type { SubscribeOptions, Update } from './subscribe.ts';
export { typedDocument, type TypedDocument } from './typed-document.ts';
export { verifyWebhook, WebhookError, type WebhookEvent, type WebhookHeaders } from './verify-webhook.ts';
