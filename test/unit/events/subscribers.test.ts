import { expect, it } from 'vitest';
import type { NewEvent } from '../../../src/events/event-types.ts';
import { wants, type Subscriber } from '../../../src/events/subscribers.ts';

const endpoint: Subscriber = {
  id: 'x',
  eventTypes: ['classification.completed', 'classification.failed', 'taxonomy.published'],
  taxonomyId: null,
  labelKey: null,
  minScore: null,
  payloadVersion: 1,
  isSlow: false,
};
const event = (type: NewEvent['type'], about: NewEvent['about']): NewEvent => ({
  type,
  data: {},
  subjectId: null,
  about,
});
const cat = event('classification.completed', {
  taxonomyId: 'animals',
  top: { path: ['animal', 'pet', 'cat'], score: 0.6 },
});
const none = event('classification.completed', { taxonomyId: 'animals', top: null });
const failed = event('classification.failed', { taxonomyId: 'animals' });
const published = event('taxonomy.published', { taxonomyId: 'animals' });

it.each<[Partial<Subscriber>, boolean[]]>([
  [{}, [true, true, true, true]],
  [{ eventTypes: ['taxonomy.published'] }, [false, false, false, true]],
  [{ taxonomyId: 'animals' }, [true, true, true, true]],
  [{ taxonomyId: 'fruit' }, [false, false, false, false]],
  [{ labelKey: 'cat' }, [true, false, true, true]],
  [{ labelKey: 'animal' }, [true, false, true, true]],
  [{ labelKey: 'dog' }, [false, false, true, true]],
  [{ minScore: 0.6 }, [true, false, true, true]],
  [{ minScore: 0.61 }, [false, false, true, true]],
  [{ labelKey: 'pet', minScore: 0.5, taxonomyId: 'animals' }, [true, false, true, true]],
])('an endpoint with %j wants a cat, nothing, a failure, a publication: %j', (filter, expected) => {
  const found = [cat, none, failed, published].map((one) => wants({ ...endpoint, ...filter }, one));
  expect(found).toEqual(expected);
});
