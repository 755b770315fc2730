import type { EditedFileSession } from './edited-file.js';
import type { FileRef } from './file-contents.js';
import type { DraftList } from './left-drafts.js';

interface UnsavedFilesDeps {
  readonly drafts: Pick<DraftList, 'files'>;
  readonly ownEditor: {
    readonly sessionsOf: (accountId: string) => readonly Pick<EditedFileSession, 'record' | 'isPending'>[];
  };
}

/**
 * Files of an account with changes that are only on this computer: unsaved texts, and copies for other programs that
 * were not uploaded. A copy that can't be read counts, because its content is unknown. Never rejects.
 */
export async function unsavedFiles(
  accountId: string,
  { drafts, ownEditor }: UnsavedFilesDeps,
): Promise<FileRef[]> {
  const copies = ownEditor.sessionsOf(accountId);
  const pending = await Promise.all(copies.map((copy) => copy.isPending().catch(() => true)));
  const texts = (await drafts.files()).filter(({ serverId }) => serverId.startsWith(`${accountId}/`));
  const all = [...copies.filter((_copy, at) => pending[at] === true).map(({ record }) => record), ...texts];
  const unique = new Map(
    all.map(({ serverId, path }) => [JSON.stringify([serverId, path]), { serverId, path }]),
  );
  return [...unique.values()];
}
