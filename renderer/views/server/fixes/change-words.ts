/** Sentences about what differs from the last good start of a server. Names of files are hostile. */
import { oneLine } from '../../../../bridge/console/plain-line.js';
import { lastPart } from '../../../../bridge/files/file-paths.js';
import type { ChangedFile, StartChanges } from '../../../../bridge/schema/start-changes.js';
import { say } from '../../../../messages/messages.js';

/** A difference in words. */
export interface ShownChange {
  readonly words: string;
  /** null for a startup variable and the image. */
  readonly file: ChangedFile | null;
}

/** A path without its leading "/", as one line. */
function shownPath(path: string): string {
  return oneLine(path.replace(/^\//, ''), 160);
}

function fileWords(file: ChangedFile): string {
  const path = shownPath(file.path);
  if (file.formerPath !== null)
    return say('revisions.replaced', { path, former: oneLine(lastPart(file.formerPath), 160) });
  if (file.was === null) return say('revisions.added', { path });
  return say(file.is === null ? 'revisions.removed' : 'revisions.changed', { path });
}

/** What a person suspects first comes first: replaced and new plugins, then texts, then the rest. */
function rankOf({ formerPath, texts, was }: ChangedFile): number {
  if (formerPath !== null) return 0;
  if (texts === null) return was === null ? 1 : 3;
  return 2;
}

export function changesOf({ files, variables, image }: StartChanges): ShownChange[] {
  const sorted = files.toSorted((one, other) => rankOf(one) - rankOf(other));
  return [
    ...sorted.map((file) => ({ words: fileWords(file), file })),
    ...(image === null
      ? []
      : [
          {
            words: say('revisions.image', { was: oneLine(image.was, 100), is: oneLine(image.is, 100) }),
            file: null,
          },
        ]),
    ...variables.map((name) => ({
      words: say('revisions.variable', { name: oneLine(name, 80) }),
      file: null,
    })),
  ];
}

/** All changes in one sentence: the first one, and how many others there are. */
export function changesSentence(changes: readonly ShownChange[], when: string): string {
  const [first] = changes;
  if (first === undefined) return say('revisions.since-nothing', { when });
  const others = changes.length - 1;
  const what = others === 0 ? first.words : say('revisions.more', { first: first.words, count: others });
  return say('revisions.since', { when, what });
}
