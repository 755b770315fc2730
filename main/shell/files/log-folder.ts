/** The folder of the log, in the system's own file viewer. */
import { PerchError } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';

export interface LogFolderDeps {
  readonly folder: string;
  /** What went wrong, or nothing. */
  readonly openPath: (path: string) => Promise<string>;
}

/** Rejects with `PerchError` where the system shows no folders, and says where it is. */
export async function openLogs({ folder, openPath }: LogFolderDeps): Promise<void> {
  const failure = await openPath(folder);
  if (failure === '') return;
  throw new PerchError(
    {
      code: 'internal',
      message: sentence('desktop.no-file-viewer'),
      next: sentence('desktop.no-file-viewer-next', { folder }),
    },
    { cause: new Error(failure) },
  );
}
