import { expect, test } from '@playwright/test';
import { FIRST_LOAD_MAX, firstLoadOfRoutes } from './support/first-load';

test('no page is opened with more JavaScript than 200 kB compressed', () => {
  const routes = [...firstLoadOfRoutes()];
  expect(routes.length).toBeGreaterThan(20);
  // The heavy ones by name, so that a failure says where to look. What only some people open comes when they do
  // (`lazyPart`), and schemas stay out of pages (`lib/api/answers.ts`, `lib/parse.ts`).
  const heavy = routes.filter(([, bytes]) => bytes > FIRST_LOAD_MAX);
  expect(Object.fromEntries(heavy)).toEqual({});
});
