import type {
  ClassifyMutation,
  ClassifyMutationVariables,
  CreateJobMutation,
  CreateJobMutationVariables,
  JobItemsQuery,
  JobItemsQueryVariables,
  JobQuery,
  JobQueryVariables,
  PublishMutation,
  PublishMutationVariables,
  VersionQuery,
  VersionQueryVariables,
} from './operations.generated.ts';
import { typedDocument } from './typed-document.ts';

const OUTCOME = /* GraphQL */ `
  fragment Outcome on ClassificationOutcome {
    __typename
    ... on Classification {
      id
      taxonomyVersion {
        id
        number
      }
      predictions(first: $predictions) {
        name
        score
        similarity
        label {
          key
        }
        path {
          key
        }
      }
    }
    ... on ClassificationError {
      code
      message
    }
  }
`;

const USER_ERROR = /* GraphQL */ `
  fragment Mistake on UserError {
    code
    message
    path
    details
  }
`;

const JOB = /* GraphQL */ `
  fragment Job on ClassificationJob {
    id
    state
    counts {
      total
      pending
      succeeded
      failed
      cancelled
    }
    progress
    etaMs
    createdAt
    finishedAt
  }
`;

const VERSION = /* GraphQL */ `
  fragment Version on TaxonomyVersion {
    id
    number
    state
    failure
    labelCount
    progress {
      embedded
      total
    }
    warnings {
      code
      message
      labelKeys
    }
  }
`;

export const CLASSIFY = typedDocument<ClassifyMutation, ClassifyMutationVariables>(
  /* GraphQL */ `
    mutation Classify($input: ClassifyImagesInput!, $predictions: Int) {
      classifyImages(input: $input) {
        results {
          index
          reference
          image {
            sha256
            width
            height
            format
            sizeBytes
          }
          outcomes {
            ...Outcome
          }
        }
        userErrors {
          ...Mistake
        }
      }
    }
  `,
  OUTCOME,
  USER_ERROR,
);

export const CREATE_JOB = typedDocument<CreateJobMutation, CreateJobMutationVariables>(
  /* GraphQL */ `
    mutation CreateJob($input: CreateClassificationJobInput!) {
      createClassificationJob(input: $input) {
        job {
          ...Job
        }
        userErrors {
          ...Mistake
        }
      }
    }
  `,
  JOB,
  USER_ERROR,
);

export const READ_JOB = typedDocument<JobQuery, JobQueryVariables>(
  /* GraphQL */ `
    query Job($id: ID!) {
      classificationJob(id: $id) {
        ...Job
      }
    }
  `,
  JOB,
);

export const JOB_ITEMS = typedDocument<JobItemsQuery, JobItemsQueryVariables>(
  /* GraphQL */ `
    query JobItems($id: ID!, $filter: ClassificationJobItemFilter, $after: String, $predictions: Int = 5) {
      classificationJob(id: $id) {
        items(first: 50, after: $after, filter: $filter) {
          nodes {
            index
            reference
            url
            state
            outcomes {
              ...Outcome
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  OUTCOME,
);

export const PUBLISH = typedDocument<PublishMutation, PublishMutationVariables>(
  /* GraphQL */ `
    mutation Publish($input: PublishTaxonomyInput!) {
      publishTaxonomy(input: $input) {
        version {
          ...Version
        }
        userErrors {
          ...Mistake
        }
      }
    }
  `,
  VERSION,
  USER_ERROR,
);

export const READ_VERSION = typedDocument<VersionQuery, VersionQueryVariables>(
  /* GraphQL */ `
    query Version($id: ID!) {
      node(id: $id) {
        ... on TaxonomyVersion {
          ...Version
        }
      }
    }
  `,
  VERSION,
);
