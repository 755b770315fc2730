import { PerchError, newProblem } from '../../bridge/errors.js';
import { mostTextBytes } from '../../bridge/schema/texts.js';
import { mostShared } from '../../bridge/sharing/share-limits.js';
import { sentence } from '../../messages/messages.js';
import type { FilesPanelOf } from './files-panel.js';
import { openedText } from './text-format.js';

interface FileRef {
  readonly serverId: string;
  /** From the server's folder. */
  readonly path: string;
}

export interface TextToShareDeps {
  readonly panelOf: FilesPanelOf;
  /** The last bytes of a file; null = the file is too large for that. Rejects with `PerchError`. */
  readonly tailOf: (file: FileRef, most: number) => Promise<Uint8Array | null>;
}

export interface TextToShare {
  readonly text: string;
  /** True if the text is the end of a larger file. */
  readonly isEnd: boolean;
}

/** The text of a file for a log service, of a larger file its last lines. Perch keeps nothing of it. */
export async function textToShare({ panelOf, tailOf }: TextToShareDeps, file: FileRef): Promise<TextToShare> {
  const whole = await panelOf(file.serverId).read(file.path);
  const bytes = whole ?? (await tailOf(file, mostTextBytes));
  if (bytes === null) throw new PerchError(newProblem('invalid', sentence('sharing.file-too-large')));
  const opened = openedText(whole === null ? afterLineEnd(bytes) : bytes);
  if (opened.kind === 'refused') {
    throw new PerchError(newProblem('invalid', sentence('sharing.file-binary')));
  }
  const end = lastLines(opened.text, mostShared.lines);
  return { text: end, isEnd: whole === null || end.length < opened.text.length };
}

/** The whole lines of a text that begins somewhere in a line, or in a character. */
function afterLineEnd(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(bytes.indexOf(0x0a) + 1);
}

function lastLines(text: string, most: number): string {
  let at = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let count = 0; count < most && at >= 0; count += 1)
    at = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
  return text.slice(at + 1);
}
