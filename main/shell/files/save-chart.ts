import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { say, sentence } from '../../../messages/messages.js';
import { fileName, saveFile, type SaveFileDeps } from './save-file.js';

/** Charts from a window: CSV text, or a PNG in base64. */
export interface SavedChart {
  readonly kind: 'csv' | 'png';
  readonly content: string;
}

const pngBegins = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Saves charts to a file that the user chooses. Returns the path; null = cancelled. */
export async function saveChart(
  deps: SaveFileDeps,
  server: Pick<Server, 'name'>,
  { kind, content }: SavedChart,
): Promise<string | null> {
  const bytes = kind === 'png' ? pictureOf(content) : content;
  return saveFile(deps, {
    title: say('desktop.save-charts'),
    name: fileName(server.name, deps.now(), { ending: kind, other: say('desktop.charts-file') }),
    filter: { name: say(`desktop.${kind}-files`), extensions: [kind] },
    content: bytes,
  });
}

/** Decodes the PNG. Throws if the content is no PNG. */
function pictureOf(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.subarray(0, pngBegins.length).equals(pngBegins)) return bytes;
  throw new PerchError(newProblem('internal', sentence('desktop.no-picture')));
}
