import { carryOut, type ServerParts } from './parts.js';

/** Takes effect at the next start (PROTOCOL 2.9). */
export function setDockerImage(parts: ServerParts, serverId: string, image: string): Promise<void> {
  return carryOut(parts, serverId, 'startup.docker-image', ({ server, watched }) =>
    watched.panel.setDockerImage(server.identifier, image),
  );
}
