import { carryOut, type ServerDeps } from './deps.js';

/** Takes effect at the next start (PROTOCOL 2.9). */
export function setDockerImage(deps: ServerDeps, serverId: string, image: string): Promise<void> {
  return carryOut(deps, serverId, 'startup.docker-image', ({ server, watched }) =>
    watched.panel.setDockerImage(server.identifier, image),
  );
}
