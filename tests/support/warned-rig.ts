import type { ServerPatch } from '../../bridge/fleet/changes.js';
import type { PowerState, Server } from '../../bridge/schema/domain.js';
import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { WarnedRestarts } from '../../main/actions/many/warned-restarts.js';
import { FleetStore } from '../../main/fleet/store.js';
import { spoken } from '../../messages/messages.js';
import { aServer } from './entities.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';
import { aProblem } from './a-problem.js';

export const serverId = 'home/1';
export const wanted = { serverId, seconds: 300, message: 'Restart in {time}.', command: 'say {text}' };

/** Restarts with a warning on a fake clock: records of sent calls, and controlled answers. */
export function aRig(fields: Partial<Server> = {}) {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply([{ kind: 'server-upserted', server: aServer({ id: serverId, power: 'running', ...fields }) }]);
  const began = clock.now();
  /** Sent messages and signals, each with its seconds since the start. */
  const sent: string[] = [];
  const refused: { command?: PerchError; restart?: PerchError } = {};
  /** Panel's answer where its state is read first. */
  const read: { power?: PowerState; problem?: PerchError } = {};
  /** Holds answers until the test releases them, oldest first. */
  const held = { holds: false, answers: [] as ((problem?: PerchError) => void)[] };
  let lostAt = -Infinity;
  const messages: string[] = [];
  const note = (what: string): void => void sent.push(`${(clock.now() - began) / 1000} ${what}`);
  const warned = new WarnedRestarts({
    clock,
    store,
    log: new FakeLog(),
    sendCommand: async (id, command) => {
      note(`${id} ${command}`);
      const { command: answer } = refused;
      if (held.holds) {
        await new Promise<void>((resolve, reject) => {
          held.answers.push((problem) => (problem === undefined ? resolve() : reject(problem)));
        });
      }
      if (answer !== undefined) throw answer;
    },
    refresh: async () => {
      if (read.problem !== undefined) throw read.problem;
      if (read.power !== undefined) patch({ power: read.power });
    },
    commandsLostAt: () => lostAt,
    restart: async (id) => {
      note(`restart ${id}`);
      if (refused.restart !== undefined) throw refused.restart;
    },
    onNotRestarted: ({ name }, why) => void messages.push(`${name}: ${spoken(why)}`),
  });
  const patch = (change: ServerPatch): void =>
    store.apply([{ kind: 'server-patched', serverId, patch: change }]);
  /** The last signal fails, and the row shows the problem. */
  const lose = (maybeDone = false): void => {
    lostAt = clock.now();
    patch({ problem: error('node-unreachable', maybeDone).problem });
  };
  return { clock, held, lose, patch, read, refused, sent, store, told: messages, warned };
}

export const someUsage = {
  cpuPercent: 1,
  memoryBytes: 2,
  memoryLimitBytes: null,
  diskBytes: 3,
  networkRxBytes: 4,
  networkTxBytes: 5,
};
export const error = (code: ProblemCode, maybeDone = false): PerchError =>
  new PerchError(aProblem(code, maybeDone ? { maybeDone } : {}));
