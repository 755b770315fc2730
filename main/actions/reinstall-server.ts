import { carryOut, type ServerDeps } from './deps.js';

/** Runs the egg's install script again; other files stay (PROTOCOL D19, 2.8). */
export function reinstallServer(deps: ServerDeps, serverId: string): Promise<void> {
  return carryOut(deps, serverId, 'settings.reinstall', ({ server, watched }) =>
    watched.panel.reinstall(server.identifier),
  );
}
