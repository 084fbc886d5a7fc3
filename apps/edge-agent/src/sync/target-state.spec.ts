import { doorPersonSchema, personIdSchema, ruleSetSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { v7 as uuidV7 } from 'uuid';
import type { StateStore, StoredState } from '../ports/event-store';
import { readableLog } from '../testing/log-lines';
import { TargetState } from './target-state';

const never = () => new AbortController().signal;
const kim = { id: personIdSchema.parse(uuidV7()), name: 'Kim' };

function* emptyDigest(): Generator<undefined, Uint8Array<ArrayBuffer>> {
  yield;
  return new Uint8Array();
}

function state(stored: Partial<StoredState> = {}) {
  const store: StateStore = {
    load: () => ({
      ...{
        appliedRevision: 0,
        pulledAs: null,
        people: [],
        templates: [],
        transforms: [],
        unreadableTemplates: 0,
        door: null,
        expectsRules: false,
        rules: null,
      },
      ...stored,
    }),
    applyPage: () => undefined,
    forget: () => undefined,
    digest: () => emptyDigest(),
    idsOfPart: () => ({ people: [], templates: [], transforms: [] }),
    expectRules: () => undefined,
  };
  const target = new TargetState({ store, model: { modelId: 'm', dimension: 2 }, log: readableLog().log });
  target.load();
  return { target, store };
}

const page = {
  empty: false,
  changes: [{ kind: 'person.put', revision: 1, person: doorPersonSchema.parse(kim) }] as const,
  throughRevision: 1,
};

describe('TargetState', () => {
  it('lets a new door wait for its first page, and no longer', async () => {
    const { target } = state();
    const waiting = target.untilFirstPage(60_000, never());
    target.apply({ ...page, isLast: true });
    await waiting;
    await target.untilFirstPage(60_000, never());
  });

  it('lets no door wait that knows something, nor a new one for ever', async () => {
    await state({ appliedRevision: 3 }).target.untilFirstPage(60_000, never());
    const beganMs = performance.now();
    await state().target.untilFirstPage(30, never());
    expect(performance.now() - beganMs).toBeGreaterThan(20);
  });

  it('knows nothing of a page that the store could not keep', () => {
    const { target, store } = state();
    store.applyPage = () => {
      throw new Error('The disk is full.');
    };
    expect(() => target.apply({ ...page, isLast: true })).toThrow('The disk is full.');
    expect(target.knows(kim.id)).toBe(false);
    expect(target.appliedRevision).toBe(0);
  });

  describe('with access rules', () => {
    const { people: _people, ...rules } = ruleSetSchema.parse(goldenMessage('ruleSet'));

    it('goes by them once there are any, with the people that it knows', () => {
      const { target } = state();
      expect(target.goesByRules).toBe(false);
      expect(target.access).toBeNull();
      target.apply({ ...page, isLast: true });
      target.apply({
        ...page,
        changes: [{ kind: 'rules.put', revision: 2, rules }],
        throughRevision: 2,
        isLast: true,
      });
      expect(target.goesByRules).toBe(true);
      expect([...(target.access?.people.keys() ?? [])]).toEqual([kim.id]);
      target.apply({
        ...page,
        changes: [{ kind: 'person.delete', revision: 3, personId: kim.id }],
        throughRevision: 3,
        isLast: true,
      });
      expect(target.access?.people.size).toBe(0);
    });

    it('has none, and lets nobody pass, from when the server says that it sends some until they are here', () => {
      const { target } = state({ appliedRevision: 7, people: [doorPersonSchema.parse(kim)] });
      target.expectRules();
      expect(target.goesByRules).toBe(true);
      expect(target.access).toBeNull();
      // What was passed over is fetched again.
      expect(target.appliedRevision).toBe(0);
    });

    it('keeps its place where they are here already', () => {
      const { target } = state({ appliedRevision: 7, rules, expectsRules: true });
      target.expectRules();
      expect(target.appliedRevision).toBe(7);
    });

    it.each([
      { pulledAs: null, appliedRevision: 7 },
      { pulledAs: 'blocks rules', appliedRevision: 7 },
      { pulledAs: 'rules', appliedRevision: 0 },
      { pulledAs: '', appliedRevision: 0 },
    ])('goes on from $appliedRevision where it was pulled as $pulledAs', ({ pulledAs, appliedRevision }) => {
      const { target } = state({ appliedRevision: 7, pulledAs });
      target.pullAs([]);
      expect(target.appliedRevision).toBe(7);
      target.pullAs(['rules', 'blocks']);
      expect(target.appliedRevision).toBe(appliedRevision);
    });
  });
});
