/** `perch files edit`: a file of a server in the editor of a terminal. */
import { lastPart } from '../../bridge/files/file-paths.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { EditedState } from '../../bridge/schema/edited-files.js';
import type { Problem } from '../../bridge/schema/problem.js';
import type { RemoteFailure, RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { sentence } from '../../messages/messages.js';
import { PerchError } from '../../bridge/errors.js';
import type { EditedFileSession } from '../files/edited-file.js';
import { fileInWords } from '../files/folder-listing.js';
import type { OwnEditor } from '../files/own-editor.js';
import { stillWanted, type Call, type RemoteHandlers } from './call.js';
import { refusePrograms } from './download.js';
import { toFailure } from './failures.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface EditDeps extends SettledDeps {
  readonly ownEditor: Pick<OwnEditor, 'borrow' | 'giveBack'>;
}

type Edited = RemoteOutput<'editFile'>;

/**
 * The handlers. A client gets the path of a local copy, and says when its editor has ended; then the copy is uploaded.
 * A client that goes away before leaves the copy to the windows.
 */
export function fileEditing(deps: EditDeps): Pick<RemoteHandlers, 'editFile' | 'closeEdit'> {
  /** Listeners for the end of the editor, by the path of the copy. */
  const open = new Map<string, (isDone: boolean) => void>();
  /** Files that terminals have, until their copies were uploaded and given back. */
  const taken = new Set<string>();

  async function edit(
    session: EditedFileSession,
    replace: boolean,
    call: Call<'editFile'>,
  ): Promise<Edited['outcome']> {
    const { version } = session.record;
    const isDone = await new Promise<boolean>((resolve) => {
      open.set(session.path, resolve);
      void call.ended.then(() => resolve(false));
      void session.isPending().then(
        (isKept) => call.event({ file: session.path, isKept }),
        () => resolve(false),
      );
    }).finally(() => open.delete(session.path));
    stillWanted(call);
    if (await session.isPending()) {
      if (!isDone) throw kept(session, newFailure('failed', sentence('remote.editor-failed'), null));
      // Reads the server's text first, so that the earlier text stays among the revisions.
      const replaces = replace ? (await session.compare()).seen : null;
      await session.upload({ replaces });
    }
    const { state } = session.shown;
    if (state.kind !== 'same') throw kept(session, failureOf(state, session));
    return session.record.version === version ? 'unchanged' : 'uploaded';
  }

  return {
    editFile: async ({ name, path, replace }: RemoteInput<'editFile'>, call) => {
      refusePrograms(call);
      const server = await settledServer(deps, name);
      stillWanted(call);
      const key = JSON.stringify([server.id, path]);
      if (taken.has(key)) throw elsewhere(path);
      taken.add(key);
      try {
        const session = await deps.ownEditor.borrow({ serverId: server.id, path });
        try {
          const outcome = await edit(session, replace, call);
          return { server: shownServer(server, deps), outcome };
        } finally {
          await deps.ownEditor.giveBack(session);
        }
      } finally {
        taken.delete(key);
      }
    },
    closeEdit: ({ file, isDone }) => {
      open.get(file)?.(isDone);
      return Promise.resolve({});
    },
  };
}

/** The failure, with the place of the text and the next step. */
function kept(session: EditedFileSession, { next, ...failure }: RemoteFailure): RemoteError {
  const where = newFailure('failed', sentence('remote.edit-kept', { file: session.path }), null).message;
  return new RemoteError({ ...failure, next: [next, where].filter((one) => one !== '').join(' ') });
}

function failureOf(state: EditedState, { record }: EditedFileSession): RemoteFailure {
  const name = fileInWords(lastPart(record.path));
  if (state.kind === 'conflict')
    return newFailure('wrong-state', sentence(`remote.edit-${state.why}`, { name }));
  return toFailure(new PerchError(problemOf(state)));
}

function problemOf(state: EditedState): Problem {
  if (state.kind === 'failed') return state.problem;
  return { code: 'internal', message: sentence('common.internal'), next: sentence('common.internal-next') };
}

function elsewhere(path: string): RemoteError {
  const name = fileInWords(lastPart(path));
  return new RemoteError(newFailure('wrong-state', sentence('remote.edit-elsewhere', { name })));
}
