/** Export of the filtered events: titles as displayed, times in ISO 8601. Pure. */
import { eventHow, eventTitle } from '../../../bridge/events/event-words.js';
import { toldWords } from '../../../bridge/events/told-words.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { spoken } from '../../../messages/messages.js';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const columns = ['time', 'ended', 'kind', 'title', 'details', 'panel', 'server', 'channels'] as const;
type Cells = Record<(typeof columns)[number], string | null>;

export function exported(events: readonly HistoryEvent[], format: ExportFormat): string {
  return format === 'csv' ? asCsv(events) : asJson(events);
}

function cellsOf(event: HistoryEvent): Cells {
  return {
    time: new Date(event.at).toISOString(),
    // null for an event that still lasts. An event without duration ends at its start.
    ended: event.endedAt === null ? null : new Date(event.endedAt ?? event.at).toISOString(),
    kind: event.what.kind,
    title: spoken(eventTitle(event)),
    details: spoken(eventHow(event)),
    panel: event.panel,
    server: event.server,
    channels: toldWords(event),
  };
}

function asJson(events: readonly HistoryEvent[]): string {
  const rows = events.map((event) => ({
    ...cellsOf(event),
    serverId: event.serverId,
    evidence: event.what,
    told: event.told ?? [],
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function asCsv(events: readonly HistoryEvent[]): string {
  return csvOf(
    columns,
    events.map((event) => {
      const cells = cellsOf(event);
      return columns.map((column) => cells[column] ?? '');
    }),
  );
}

/** CSV (RFC 4180) with a byte order mark, by which spreadsheets recognize UTF-8. */
export function csvOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => cells.map((cell) => quoted(harmless(cell))).join(','));
  return `\ufeff${[head.join(','), ...lines].join('\r\n')}\r\n`;
}

/** Prefixes cells that a spreadsheet would read as a formula, because names come from panels. */
function harmless(cell: string): string {
  return /^\s*[=+\-@|\t\r]/u.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
