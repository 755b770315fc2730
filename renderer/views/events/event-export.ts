/** Export of the filtered events and actions of others: titles as displayed, times in ISO 8601. Pure. */
import { eventHow, eventTitle } from '../../../bridge/events/event-words.js';
import { deliveryWords } from '../../../bridge/events/delivery-words.js';
import type { ActivityLine } from '../../../bridge/events/merge-fleet-activity.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { spoken } from '../../../messages/messages.js';
import { otherTitle, otherWho } from './line-filter.js';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const columns = ['time', 'ended', 'kind', 'title', 'details', 'panel', 'server', 'channels'] as const;
type Cells = Record<(typeof columns)[number], string | null>;

/** Both lists are newest first, and so is the export. */
export function exported(
  events: readonly HistoryEvent[],
  format: ExportFormat,
  lines: readonly ActivityLine[] = [],
): string {
  const rows = [
    ...events.map((event) => ({ at: event.at, cells: cellsOf(event), more: moreOf(event) })),
    ...lines.map((line) => ({ at: line.entry.at, cells: cellsOfLine(line), more: moreOfLine(line) })),
  ];
  // Without lines the order of the events stays, which is that of their ids.
  if (lines.length > 0) rows.sort((a, b) => b.at - a.at);
  if (format === 'json')
    return `${JSON.stringify(
      rows.map(({ cells, more }) => ({ ...cells, ...more })),
      null,
      2,
    )}\n`;
  return csvOf(
    columns,
    rows.map(({ cells }) => columns.map((column) => cells[column] ?? '')),
  );
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
    channels: deliveryWords(event),
  };
}

function moreOf({ serverId, what, deliveries = [] }: HistoryEvent) {
  return { serverId, evidence: what, deliveries };
}

function cellsOfLine(line: ActivityLine): Cells {
  const time = new Date(line.entry.at).toISOString();
  return {
    time,
    ended: time,
    kind: line.entry.event,
    title: otherTitle(line),
    details: otherWho(line.entry),
    panel: line.of?.panel ?? null,
    server: line.of?.server ?? null,
    channels: null,
  };
}

function moreOfLine({ entry: { event, by, isApi, properties }, of }: ActivityLine) {
  return {
    serverId: of?.places[0].serverId ?? null,
    evidence: { kind: event, by, isApi, properties },
    deliveries: [],
  };
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
