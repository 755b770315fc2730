/** Export of activity: sentences as displayed, times in ISO 8601, and the panel's own names. Pure. */
import { activityWords } from '../../../bridge/events/activity-words.js';
import type { ActivityEntry } from '../../../bridge/schema/activity.js';
import { spoken } from '../../../messages/messages.js';
import { csvOf, type ExportFormat } from './event-export.js';

const columns = ['time', 'by', 'what', 'event', 'api', 'address', 'properties'];

export function exportedActivity(entries: readonly ActivityEntry[], format: ExportFormat): string {
  if (format === 'csv') return csvOf(columns, entries.map(cellsOf));
  const rows = entries.map((entry) => ({
    time: new Date(entry.at).toISOString(),
    by: entry.by,
    what: spoken(activityWords(entry)),
    event: entry.event,
    isApi: entry.isApi,
    address: entry.ip,
    properties: entry.properties,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function cellsOf(entry: ActivityEntry): string[] {
  return [
    new Date(entry.at).toISOString(),
    entry.by ?? '',
    spoken(activityWords(entry)),
    entry.event,
    String(entry.isApi),
    entry.ip ?? '',
    Object.keys(entry.properties).length === 0 ? '' : JSON.stringify(entry.properties),
  ];
}
