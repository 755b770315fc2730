/** Opens a folder in the system's file viewer. */
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';

export interface OpenInViewerDeps {
  readonly folder: string;
  /** Opens a path. Resolves with the error message; empty = no error. */
  readonly openPath: (path: string) => Promise<string>;
}

/** Rejects with `PerchError`, which names the folder, if the system cannot open it. */
export async function openInViewer({ folder, openPath }: OpenInViewerDeps): Promise<void> {
  const failure = await openPath(folder);
  if (failure === '') return;
  throw new PerchError(
    newProblem(
      'internal',
      sentence('desktop.no-file-viewer'),
      sentence('desktop.no-file-viewer-next', { folder }),
    ),
    { cause: new Error(failure) },
  );
}
