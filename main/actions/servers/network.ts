import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { NetworkAllocation } from '../../../bridge/schema/network.js';
import { hostAndPort } from '../../../bridge/text/host-and-port.js';
import { sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import type { PanelApi } from '../../panel/api.js';
import { asked, type ServerDeps } from '../deps.js';
import { ServerTurns } from './server-turns.js';

type All = readonly NetworkAllocation[];
type Ref = HandlerInput<'network.remove'>;
type Panel = Pick<PanelApi, 'allocations'>;

/**
 * Calls about the allocations of servers.
 *
 * Changes of one server run one after the other, and each reads the panel's list first. Perch does not repeat a call
 * whose answer was lost: the list then tells whether the panel made the change, except for an addition, which may be
 * somebody else's. After a change Perch reads the server again, because its address may differ.
 */
export function networkCalls(deps: ServerDeps) {
  const turns = new ServerTurns(deps);
  const inTurn = async (
    { serverId }: { readonly serverId: string },
    work: () => Promise<All>,
  ): Promise<All> => {
    const all = await turns.run(serverId, work);
    deps.fleet.server(serverId)?.reread.now();
    return sorted(all);
  };
  return {
    'network.list': async ({ serverId }) =>
      sorted(
        await asked(deps, serverId, 'allocation.read', ({ server, watched }) =>
          watched.panel.allocations(server.identifier),
        ),
      ),
    'network.note': (input) => inTurn(input, () => note(deps, input)),
    'network.makeDefault': (input) => inTurn(input, () => makeDefault(deps, input)),
    'network.add': (input) => inTurn(input, () => add(deps, input)),
    'network.remove': (input) => inTurn(input, () => remove(deps, input)),
  } satisfies CallTable;
}

/** The default allocation first, as everywhere else. */
function sorted(all: All): All {
  return all.toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault));
}

function note(
  deps: ServerDeps,
  { serverId, allocation: id, notes, replaces }: HandlerInput<'network.note'>,
): Promise<All> {
  return asked(
    deps,
    serverId,
    'allocation.update',
    async ({ server: { identifier }, watched: { panel } }) => {
      const wanted = notes.trim();
      const isDone = (all: All): boolean => notesOf(find(all, id)) === wanted;
      const before = await panel.allocations(identifier);
      if (isDone(before)) return before;
      if (notesOf(find(before, id)) !== replaces.trim()) {
        throw new PerchError(newProblem('conflict', sentence('actions.note-changed')));
      }
      return sure(panel, identifier, isDone, async () => {
        const changed = await panel.noteAllocation(identifier, id, wanted);
        return before.map((one) => (one.id === id ? changed : one));
      });
    },
  );
}

function makeDefault(deps: ServerDeps, { serverId, allocation: id }: Ref): Promise<All> {
  return asked(
    deps,
    serverId,
    'allocation.update',
    async ({ server: { identifier }, watched: { panel } }) => {
      const isDone = (all: All): boolean => find(all, id).isDefault;
      const before = await panel.allocations(identifier);
      if (isDone(before)) return before;
      return sure(panel, identifier, isDone, async () => {
        const changed = await panel.makeDefaultAllocation(identifier, id);
        return before.map((one) => (one.id === id ? changed : { ...one, isDefault: false }));
      });
    },
  );
}

function add(deps: ServerDeps, { serverId }: HandlerInput<'network.add'>): Promise<All> {
  return asked(
    deps,
    serverId,
    'allocation.create',
    async ({ server: { identifier }, watched: { panel } }) => {
      const before = await panel.allocations(identifier);
      try {
        return [...before, await panel.addAllocation(identifier)];
      } catch (error) {
        throw (await appeared(panel, identifier, before, error)) ?? error;
      }
    },
  );
}

/**
 * After a lost answer: the error that names the allocations which the server has since; null for none. No panel tells
 * who added an allocation.
 */
async function appeared(
  panel: Panel,
  identifier: string,
  before: All,
  error: unknown,
): Promise<PerchError | null> {
  const problem = toProblem(error);
  if (problem.maybeDone !== true) return null;
  const known = new Set(before.map(({ id }) => id));
  const now = await panel.allocations(identifier).catch(() => []);
  const added = now.filter(({ id }) => !known.has(id));
  if (added.length === 0) return null;
  const addresses = added.map(({ alias, ip, port }) => hostAndPort(alias ?? ip, port)).join(', ');
  const message = sentence('actions.address-appeared', { addresses });
  const next = sentence('actions.address-appeared-next');
  return new PerchError({ ...problem, message, next }, { cause: error });
}

/** An allocation that is gone already counts as removed. Some panels would remove the default one (PROTOCOL 2.21.7). */
function remove(deps: ServerDeps, { serverId, allocation: id }: Ref): Promise<All> {
  return asked(
    deps,
    serverId,
    'allocation.delete',
    async ({ server: { identifier }, watched: { panel } }) => {
      const isDone = (all: All): boolean => all.every((one) => one.id !== id);
      const before = await panel.allocations(identifier);
      if (isDone(before)) return before;
      if (find(before, id).isDefault) {
        throw new PerchError(newProblem('conflict', sentence('actions.allocation-default')));
      }
      return sure(panel, identifier, isDone, async () => {
        await panel.removeAllocation(identifier, id);
        return before.filter((one) => one.id !== id);
      });
    },
  );
}

/**
 * State on the panel after a change. The list decides after a lost answer, and where the panel no longer has the
 * allocation: somebody else may have removed it in the same moment.
 */
async function sure(
  panel: Panel,
  identifier: string,
  isDone: (all: All) => boolean,
  change: () => Promise<All>,
): Promise<All> {
  try {
    return await change();
  } catch (error) {
    const { code, maybeDone } = toProblem(error);
    if (maybeDone !== true && code !== 'not-found') throw error;
    const now = await panel.allocations(identifier).catch(() => null);
    if (now === null || !isDone(now)) throw error;
    return now;
  }
}

function find(all: All, id: number): NetworkAllocation {
  const found = all.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new PerchError(
    newProblem('not-found', sentence('actions.allocation-gone'), sentence('panel.load-allocations')),
  );
}

function notesOf({ notes }: NetworkAllocation): string {
  return notes ?? '';
}
