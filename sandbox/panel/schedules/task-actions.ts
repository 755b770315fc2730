import { posix } from 'node:path';
import type { ScheduleTask } from '../../data/schedules.js';
import type { Server } from '../../data/world.js';
import type { World } from '../../records.js';
import { NodeRefusal } from '../../wings/api.js';
import { startBackup } from '../backups/start-backup.js';
import type { PanelDialect } from '../dialect.js';
import type { NodeGateway } from '../node-gateway.js';
import { isSignal, signals } from '../signals.js';
import type { PanelState } from '../state.js';

export interface TaskDeps {
  world: World;
  dialect: PanelDialect;
  gateway: NodeGateway;
  state: PanelState;
  now: () => number;
}

/** Carries out a task at the server's node. Rejects with the panel's error if that fails (PROTOCOL 2.20.10). */
export async function carryOut(deps: TaskDeps, server: Server, task: ScheduleTask): Promise<void> {
  const { gateway, dialect } = deps;
  const { action, payload } = task;
  switch (action) {
    case 'power':
      return sendSignal(deps, server, payload);
    case 'command':
      // A panel that tells refusals has no special text for a stopped server here, unlike the call by a user.
      if (dialect.losesRefusedCommands) return gateway.command(server, payload);
      return gateway.pass(server, `command ${payload}`, (node) => node.command(server.uuid, payload));
    case 'backup':
      await startBackup(deps, server, { name: '', ignored: payload, locked: false, makesRoom: true });
      return;
    case 'delete_files':
      return deleteFiles(deps, server, payload);
    default:
      throw new Error(`There is no action ${action}.`);
  }
}

async function sendSignal({ gateway }: TaskDeps, server: Server, payload: string): Promise<void> {
  if (isSignal(payload)) return gateway.power(server, payload);
  // The panel passes the text on unchanged.
  return gateway.pass(server, `power ${payload}`, () => {
    const names = signals.map((signal) => `"${signal}"`).join(', ');
    throw new NodeRefusal(
      422,
      `The power action provided was not valid, should be one of ${names}`,
      'schedule',
    );
  });
}

/** A path a line; its last part may hold `*`. */
async function deleteFiles({ gateway }: TaskDeps, server: Server, payload: string): Promise<void> {
  const found: string[] = [];
  for (const line of payload.split('\n')) {
    const folder = posix.dirname(line);
    const pattern = wildcard(posix.basename(line));
    const entries = await gateway.ask(server, `list ${folder}`, (node) =>
      node.files.list(server.uuid, folder),
    );
    found.push(...entries.filter(({ name }) => pattern.test(name)).map(({ name }) => `${folder}/${name}`));
  }
  if (found.length === 0) return;
  await gateway.pass(server, `delete ${found.join(', ')}`, (node) =>
    node.files.remove(server.uuid, '/', found),
  );
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su');
}
