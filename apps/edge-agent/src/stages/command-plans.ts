import type { Diagnostics } from '@munjigi/contracts';
import type { DoorActuator } from './actuate';
import type { DoorJournal } from './keep-journal';
import { refused, type CommandEnd, type CommandPlan, type CommandPlans } from './obey-commands';

/** What the commands of a door move. */
export interface CommandPlanOptions {
  readonly actuator: Pick<
    DoorActuator,
    'refusalFor' | 'unlock' | 'hasUnlocked' | 'relock' | 'isUnlockedForAll' | 'condition'
  >;
  readonly journal: Pick<DoorJournal, 'note'>;
  /** How long the door unlocks for anybody, ms. */
  readonly unlockMs: () => number;
  /** Takes the door's mode as it is now, before anything is decided by it. */
  readonly refreshMode: () => void;
  /** Makes the door known for so long, ms. */
  readonly identify: (forMs: number) => Promise<void>;
  /** Ends the agent in order, for its supervisor to begin it anew. */
  readonly restart: () => void;
  /** Fetches what is missing of the models; null: this agent cannot. */
  readonly updateModels: (() => Promise<void>) | null;
  readonly diagnostics: () => Promise<Diagnostics>;
}

/** How each kind of command is carried out at a door. */
export function commandPlans(options: CommandPlanOptions): CommandPlans {
  const { actuator, refreshMode, identify, restart, updateModels } = options;
  return {
    unlock: ({ unlockMs }, commandId) => unlockOnce(options, commandId, unlockMs),
    lock: () => {
      refreshMode();
      return actuator.isUnlockedForAll
        ? { end: refused('unlocked-for-all') }
        : { end: { state: 'done' }, act: () => actuator.relock() };
    },
    identify: ({ forMs }) => ({ work: () => identify(forMs).then(() => ({ state: 'done' as const })) }),
    restart: () => ({
      work: () => {
        restart();
        // Whether it came back, only the next process can say.
        return new Promise<CommandEnd>(() => undefined);
      },
    }),
    'update-models': () =>
      updateModels === null
        ? { end: refused('unsupported') }
        : { work: () => updateModels().then(() => ({ state: 'done' as const, detail: MODELS_DETAIL })) },
    'collect-diagnostics': () => ({
      work: () => options.diagnostics().then((diagnostics) => ({ state: 'done' as const, diagnostics })),
    }),
  };
}

const MODELS_DETAIL = 'All models of this release are there and sound. Restart the door to use them.';

function unlockOnce(
  { actuator, journal, refreshMode, unlockMs: usual }: CommandPlanOptions,
  commandId: string,
  asked: number | null,
): CommandPlan {
  refreshMode();
  const refusal = actuator.refusalFor('operator');
  if (refusal) return { end: refused(refusal) };
  const unlockMs = asked ?? usual();
  return {
    moment: async () => {
      if (!journal.note({ kind: 'remote-unlock', commandId, unlockMs })) return refused('not-recorded');
      actuator.unlock({ unlockMs, by: 'operator' });
      if (await actuator.hasUnlocked()) return { state: 'done', unlockMs };
      // Refused means that it does not unlock later, either.
      actuator.relock();
      return refused('lock-fault', actuator.condition.hardwareFault);
    },
  };
}
