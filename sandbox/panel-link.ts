import type { Server, ServerStatus } from './data/world.js';
import { PanelBackupReports } from './panel/backups/reports.js';
import type { Chronicle } from './panel/chronicle.js';
import type { Panel } from './panel/panel.js';
import type { SftpDoor } from './panel/sftp-door.js';
import { environmentOf, invocationOf } from './panel/startup.js';
import type { PanelState } from './panel/state.js';
import type { World } from './records.js';
import type { PanelLink, ServerSpec, State } from './wings/api.js';

interface LinkParts {
  world: World;
  panel: Panel;
  state: PanelState;
  chronicle: Chronicle;
  door: SftpDoor;
}

/**
 * Forgets an installation or restoration that ran when its node went down (PROTOCOL 4.6). A new server still waits for its first
 * installation.
 */
export function forgetInterrupted(world: World, server: Server): void {
  const isInterrupted = server.status === 'installing' && server.installed;
  if (!isInterrupted && server.status !== 'restoring_backup') return;
  server.status = null;
  world.saveServer(server);
}

/** The panel from the view of its nodes. */
export function linkOf({ world, panel, state, chronicle, door }: LinkParts, now: () => number): PanelLink {
  return {
    backups: new PanelBackupReports(world, panel.activity, now),
    get url(): string {
      return panel.url;
    },
    get isAway(): boolean {
      return state.silent || state.maintenance !== null;
    },
    spec: (uuid) => specOf(world, uuid),
    signIn: (login) => (state.silent || state.maintenance !== null ? null : door.signIn(login)),
    acted: (activity) => panel.activity.toldByNode(activity),
    rememberedState: (uuid): State => world.servers.get(uuid)?.lastState ?? 'offline',
    did(uuid, activity, at): void {
      const user = [...world.users.values()].find((each) => each.uuid === activity.by);
      chronicle.note({ kind: 'activity', server: uuid, ...activity, by: user?.username ?? activity.by }, at);
    },
    stateChanged(uuid, state): void {
      chronicle.note({ kind: 'state', server: uuid, state });
      const server = world.servers.get(uuid);
      if (!server || server.lastState === state) return;
      server.lastState = state;
      world.saveServer(server);
    },
    installationFinished(uuid, ok): void {
      const server = world.servers.get(uuid);
      if (server?.status !== 'installing') return;
      const failed: ServerStatus = server.installed ? 'reinstall_failed' : 'install_failed';
      server.status = ok ? null : failed;
      server.installed ||= ok;
      world.saveServer(server);
    },
  };
}

function specOf(world: World, uuid: string): ServerSpec | null {
  const server = world.servers.get(uuid);
  if (!server) return null;
  const egg = world.eggOf(server);
  return {
    uuid,
    name: server.name,
    game: egg.game,
    environment: environmentOf(server, egg),
    invocation: invocationOf(server, egg),
    image: server.image,
    stopValue: egg.stopValue,
    donePattern: egg.donePattern,
    memoryMb: server.limits.memory,
    diskMb: server.limits.disk,
    deniedFiles: egg.deniedFiles ?? [],
    cpuPercent: server.limits.cpu,
    suspended: server.status === 'suspended',
  };
}
