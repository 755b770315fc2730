/** Sentences about what differs from the last good start of a server. Names of files are hostile. */
import { oneLine } from '../../../../bridge/console/plain-line.js';
import { lastPart } from '../../../../bridge/files/file-paths.js';
import type {
  ChangedFile,
  ChangedValue,
  ChangedVariable,
  StartChanges,
} from '../../../../bridge/schema/start-changes.js';
import { say } from '../../../../messages/messages.js';

/** A startup variable, the Docker image or the start command with another value. */
export type StartupTarget =
  { readonly kind: 'variable'; readonly name: string } | { readonly kind: 'image' | 'command' };

/** A difference in words. */
export interface ShownChange {
  /** Beside the facts of a file, or both values. */
  readonly words: string;
  /** Without an element beside the words. */
  readonly sentence: string;
  readonly file: ChangedFile | null;
  /** null for a file. */
  readonly startup: { readonly target: StartupTarget; readonly values: ChangedValue | null } | null;
}

/** Longest value in a sentence, in characters. */
const mostOfValue = 40;

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

/** The most likely changes first: replaced and new plugins, then texts, then the rest. */
function rankOf({ formerPath, texts, was }: ChangedFile): number {
  if (formerPath !== null) return 0;
  if (texts === null) return was === null ? 1 : 3;
  return 2;
}

function variableChange({ name, values }: ChangedVariable): ShownChange {
  const shown = { name: oneLine(name, 80) };
  const words = say(variableMessage(values), shown);
  const both = values === null || values.was === null || values.is === null ? null : values;
  const sentence =
    both === null
      ? words
      : say('revisions.variable-values', {
          ...shown,
          was: oneLine(both.was ?? '', mostOfValue),
          is: oneLine(both.is ?? '', mostOfValue),
        });
  return { words, sentence, file: null, startup: { target: { kind: 'variable', name }, values } };
}

function variableMessage(values: ChangedValue | null) {
  if (values?.was === null) return 'revisions.variable-added';
  return values?.is === null ? 'revisions.variable-removed' : 'revisions.variable';
}

function imageChange(values: NonNullable<StartChanges['image']>): ShownChange {
  const [was, is] = [oneLine(values.was, 100), oneLine(values.is, 100)];
  const startup = { target: { kind: 'image' }, values } as const;
  return {
    words: say('revisions.image-changed'),
    sentence: say('revisions.image', { was, is }),
    file: null,
    startup,
  };
}

function commandChange({ values }: NonNullable<StartChanges['command']>): ShownChange {
  const words = say('revisions.command');
  return { words, sentence: words, file: null, startup: { target: { kind: 'command' }, values } };
}

export function changesOf({ files, variables, image, command }: StartChanges): ShownChange[] {
  const sorted = files.toSorted((one, other) => rankOf(one) - rankOf(other));
  return [
    ...sorted.map((file) => ({ words: fileWords(file), sentence: fileWords(file), file, startup: null })),
    ...(image === null ? [] : [imageChange(image)]),
    ...(command === null ? [] : [commandChange(command)]),
    ...variables.map(variableChange),
  ];
}

/** All changes in one sentence: the first change, and the number of the others. */
export function changesSentence(changes: readonly ShownChange[], when: string): string {
  const [first] = changes;
  if (first === undefined) return say('revisions.since-nothing', { when });
  const others = changes.length - 1;
  const what =
    others === 0 ? first.sentence : say('revisions.more', { first: first.sentence, count: others });
  return say('revisions.since', { when, what });
}
