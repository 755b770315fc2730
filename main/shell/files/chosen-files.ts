/** Saving and reading files that the user chooses. Each resolves with null if the user cancels, or with the path. */
import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { say, sentence } from '../../../messages/messages.js';
import { openFile, type OpenFileDeps } from './open-file.js';
import { fileName, saveFile, type SaveFileDeps } from './save-file.js';

/** Saves console text to a file. */
export function saveConsole(
  deps: SaveFileDeps,
  server: Pick<Server, 'name'>,
  text: string,
): Promise<string | null> {
  return saveFile(deps, {
    title: say('desktop.save-console'),
    name: fileName(server.name, deps.now(), { ending: 'log', other: say('desktop.console-file') }),
    filter: { name: say('desktop.log-files'), extensions: ['log', 'txt'] },
    content: text,
  });
}

/** Saves events to a file. */
export function saveEvents(deps: SaveFileDeps, format: 'csv' | 'json', text: string): Promise<string | null> {
  const title = say('events.title');
  return saveFile(deps, {
    title: say('past.save-events'),
    name: fileName(title, deps.now(), { ending: format, other: title }),
    filter: { name: format.toUpperCase(), extensions: [format] },
    content: text,
  });
}

/** Saves a table of permissions by person and server to a file. */
export function savePeople(deps: SaveFileDeps, format: 'csv' | 'json', text: string): Promise<string | null> {
  const title = say('sidebar.people');
  return saveFile(deps, {
    title: say('past.save-people'),
    name: fileName(title, deps.now(), { ending: format, other: title }),
    filter: { name: format.toUpperCase(), extensions: [format] },
    content: text,
  });
}

/** Saves the diagnostic report to a file. */
export function saveReport(deps: SaveFileDeps, text: string): Promise<string | null> {
  return saveFile(deps, {
    title: say('diagnostics.save-title'),
    name: fileName('Perch', deps.now(), { ending: 'txt', other: 'Perch' }),
    filter: { name: say('diagnostics.title'), extensions: ['txt'] },
    content: text,
  });
}

/** Charts from a window: CSV text, or a PNG in base64. */
export interface SavedChart {
  readonly kind: 'csv' | 'png';
  readonly content: string;
}

const pngBegins = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Saves charts to a file. */
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

/** Limit of an exported file, in bytes. Ten thousand pins and as many alert rules fit. */
const mostImportBytes = 8 * 1024 * 1024;

const exportFilter = { name: 'JSON', extensions: ['json'] };

/** Saves the settings to a file. */
export function saveExport(deps: SaveFileDeps, text: string): Promise<string | null> {
  return saveFile(deps, {
    title: say('exports.save-title'),
    name: fileName('Perch', deps.now(), { ending: 'json', other: 'Perch' }),
    filter: exportFilter,
    content: text,
  });
}

/** Reads the text of a settings file that the user chooses. */
export function chooseImport(deps: OpenFileDeps): Promise<string | null> {
  return openFile(deps, {
    title: say('exports.choose-title'),
    filter: exportFilter,
    mostBytes: mostImportBytes,
  });
}

/** Saves rules to a file. */
export function saveRules(deps: SaveFileDeps, text: string): Promise<string | null> {
  const name = say('rule-files.file');
  return saveFile(deps, {
    title: say('rule-files.save-title'),
    name: fileName(name, deps.now(), { ending: 'json', other: name }),
    filter: exportFilter,
    content: text,
  });
}

/** Reads the text of a file of rules that the user chooses. */
export function chooseRules(deps: OpenFileDeps): Promise<string | null> {
  return openFile(deps, {
    title: say('rule-files.choose-title'),
    filter: exportFilter,
    mostBytes: mostImportBytes,
  });
}

/** Saves schedules of a server to a file. */
export function saveSchedules(
  deps: SaveFileDeps,
  server: Pick<Server, 'name'>,
  text: string,
): Promise<string | null> {
  return saveFile(deps, {
    title: say('exports.schedules-save-title'),
    name: fileName(server.name, deps.now(), { ending: 'json', other: say('exports.schedules-file') }),
    filter: exportFilter,
    content: text,
  });
}

/** Reads the text of a file of schedules that the user chooses. */
export function chooseSchedules(deps: OpenFileDeps): Promise<string | null> {
  return openFile(deps, {
    title: say('exports.schedules-choose-title'),
    filter: exportFilter,
    mostBytes: mostImportBytes,
  });
}
