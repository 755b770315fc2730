import { carryOut, type ServerParts } from './parts.js';

/** Runs the egg's install script again; other files stay (PROTOCOL D19, 2.8). */
export function reinstallServer(parts: ServerParts, serverId: string): Promise<void> {
  return carryOut(parts, serverId, 'settings.reinstall', ({ server, watched }) =>
    watched.panel.reinstall(server.identifier),
  );
}
