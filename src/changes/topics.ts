/** The channel that the triggers of the `live_changes` migration notify. */
export const CHANNEL = 'taxolens_changes';

/** Something of a tenant that changes, as a notice of the database names it. */
export type Topic = `${'job' | 'version' | 'classifications' | 'key'} ${string} ${string}`;

/** Topics by what they are about; ids are UUIDs. */
export const topics = {
  job: (tenantId: string, jobId: string): Topic => `job ${tenantId} ${jobId}`,
  version: (tenantId: string, versionId: string): Topic => `version ${tenantId} ${versionId}`,
  classificationsOf: (tenantId: string, taxonomyId: string): Topic =>
    `classifications ${tenantId} ${taxonomyId}`,
  key: (tenantId: string, apiKeyId: string): Topic => `key ${tenantId} ${apiKeyId}`,
};
