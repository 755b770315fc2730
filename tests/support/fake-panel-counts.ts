import type { Server } from '../../bridge/schema/domain.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { PanelCounts } from '../../main/players/panel-counts.js';
import type { PlayerCount, PlayerNames } from '../../main/panel/api.js';
import { aProblem } from './a-problem.js';
import { aQueriesRig } from './fake-queries.js';

/** What the panel says about one server: an answer for a question, or the problem of the call. */
export interface PanelAnswers {
  count: PlayerCount | Problem;
  names: PlayerNames | Problem;
}

export const refused = (why: Extract<PlayerCount, { kind: 'refused' }>['why']) =>
  ({ kind: 'refused', why }) as const;
export const counted = (players: number, slots = 20) =>
  ({ kind: 'counted', players, slots, map: 'world' }) as const;

/** `aQueriesRig` with Pelican panels whose plugin counts players, asked as Perch asks. */
export function aCountsRig() {
  const rig = aQueriesRig();
  const { clock, store, figures } = rig;
  const panels = new Map<string, PanelAnswers>();
  const asked: { readonly at: number; readonly uuid: string; readonly what: 'count' | 'names' }[] = [];
  /** Time that the panel needs for an answer, and the answer of the queue for calls that can wait. */
  const panel = { takesMs: 200, drops: false, idle: 0, spare: 0 };
  const say = async <T extends object>(
    uuid: string,
    what: 'count' | 'names',
    said: () => T | Problem,
  ): Promise<T> => {
    asked.push({ at: clock.now(), uuid, what });
    const answer = said();
    await new Promise<void>((resolve) => clock.after(panel.takesMs, resolve));
    if ('code' in answer) throw new PerchError(answer as Problem);
    return answer as T;
  };
  const inTurn = async <T>(kind: 'idle' | 'spare', send: () => Promise<T>): Promise<T | null> => {
    panel[kind] += 1;
    return panel.drops ? null : send();
  };
  const counts = new PanelCounts({
    ...rig,
    hidesNames: ({ game }) => game === 'rust',
    fleet: {
      server: (id) => {
        const players = figures.get(id);
        if (players === undefined) return null;
        return {
          players,
          panel: {
            playerCount: (uuid: string) =>
              say(uuid, 'count', () => panels.get(uuid)?.count ?? refused('absent')),
            playerNames: (uuid: string) =>
              say(uuid, 'names', () => panels.get(uuid)?.names ?? refused('absent')),
          },
          whenIdle: <T>(send: () => Promise<T>) => inTurn('idle', send),
          whenSpare: <T>(send: () => Promise<T>) => inTurn('spare', send),
        } as never;
      },
    },
  });
  /** A running server of Pelican whose game Perch cannot ask, unless the test gives it places. */
  const pelican = (uuid: string, fields: Partial<Server> = {}, says: Partial<PanelAnswers> = {}): string => {
    if (!rig.places.has(uuid)) rig.places.set(uuid, []);
    panels.set(uuid, { count: counted(3), names: { kind: 'named', names: ['Wren', 'Saga'] }, ...says });
    const naming = { nameMax: 255, descriptionMax: null, description: 'apart' } as const;
    return rig.add(uuid, { identifier: uuid, naming, ...fields });
  };
  const start = (): void => {
    rig.queries.start();
    counts.start();
  };
  /** Accounts go through a failure, as in an update of the panel. */
  const account = (id: string, state: 'failed' | 'ready'): void => {
    const known = store.state.accounts.get(id);
    if (known === undefined) throw new Error(`No account ${id}.`);
    const next =
      state === 'ready'
        ? { kind: state }
        : { kind: state, problem: aProblem('panel-unreachable'), retryAt: 0 };
    store.apply([{ kind: 'account-upserted', account: { ...known, state: next } }]);
  };
  return { ...rig, counts, panels, panel, asked, pelican, start, account };
}
