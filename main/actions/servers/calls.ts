import { carryOut, serverOf, type ActionsDeps, type ServerDeps } from '../deps.js';
import { renameServer } from './rename-server.js';
import { sendPower } from './send-power.js';
import { createStartups } from './startup.js';
import { sendCommand } from './send-command.js';
import type { CallTable } from '../../base/calls.js';

/** Calls about one server. */
export function serverCalls(deps: ServerDeps & Pick<ActionsDeps, 'histories' | 'startupSet'>) {
  const { histories } = deps;
  const startups = createStartups(deps);
  return {
    'power.send': (input) => sendPower(deps, input),
    'server.rename': (input) => renameServer(deps, input),
    /** Runs the egg's install script again; other files stay (PROTOCOL D19, 2.8). */
    'server.reinstall': ({ serverId }) =>
      carryOut(deps, serverId, 'settings.reinstall', ({ server, watched }) =>
        watched.panel.reinstall(server.identifier),
      ),
    /** Takes effect at the next start (PROTOCOL 2.9). */
    'server.setDockerImage': ({ serverId, image }) =>
      carryOut(deps, serverId, 'startup.docker-image', ({ server, watched }) =>
        watched.panel.setDockerImage(server.identifier, image),
      ).finally(() => deps.startupSet(serverId)),
    /** Writes the file that a Minecraft server waits for. The server reads it at its next start. */
    'server.acceptEula': ({ serverId }) =>
      carryOut(deps, serverId, 'file.create', ({ server, watched }) =>
        watched.panel.writeFile(server.identifier, 'eula.txt', 'eula=true'),
      ),
    /** Asks the panel about one server again, and reopens a refused session. */
    'server.retry': async ({ serverId }) => serverOf(deps, serverId).watched.retry(),
    'startup.read': ({ serverId }) => startups.read(serverId),
    // A lost answer may hide a change, so a failure counts as well.
    'startup.setVariable': ({ serverId, key, value }) =>
      startups.setVariable(serverId, key, value).finally(() => deps.startupSet(serverId)),
    'command.send': (input) => sendCommand(deps, input),
    'command.history': async ({ serverId }) => ({ commands: [...(await histories.of(serverId))] }),
    'command.forgetHistory': ({ serverId }) => histories.forget(serverId),
    'command.forget': ({ serverId, command }) => histories.forgetCommand(serverId, command),
  } satisfies CallTable;
}
