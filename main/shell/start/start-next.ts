import type { App } from 'electron';
import { ownImage, type StartedFrom } from '../../base/app-image.js';
import { askedOf, wordsFor } from './launch-request.js';

/** Starts Perch once this process has ended, if another start has asked for Perch. `data` = what that start sent. */
export function startNext(
  app: Pick<App, 'relaunch'>,
  from: StartedFrom & Pick<NodeJS.Process, 'argv'>,
  data: unknown,
): void {
  const request = askedOf(data);
  if (request.wants === 'quit') return;
  const image = ownImage(from);
  app.relaunch({
    args: wordsFor(request, from.argv.slice(1)),
    ...(image === null ? {} : { execPath: image }),
  });
}
