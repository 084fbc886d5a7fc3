import type { EventsQuery } from '@munjigi/contracts';

/** Names of what is cached; a key that begins another covers it too. */
export const queryKeys = {
  session: ['session'],
  setup: ['setup'],
  doors: ['doors'],
  doorRisks: ['door-risk'],
  doorRisk: (doorId: string, similarityMin: number | null) => ['door-risk', doorId, similarityMin],
  feed: ['feed'],
  /** Events that came as messages, for a feed that is not loaded yet. */
  feedArrivals: ['feed-arrivals'],
  events: ['events'],
  eventList: (filters: Partial<EventsQuery>) => ['events', 'list', filters],
  eventsOfPerson: (personId: string) => ['events', 'person', personId],
  people: ['people'],
  peopleList: (search: string) => ['people', 'list', search],
  peopleNamed: (search: string) => ['people', 'named', search],
  person: (personId: string) => ['people', 'one', personId],
} as const;
