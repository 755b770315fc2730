/** Activity entries of one server, cut to the fields that their sentences use, to hold entries of a large fleet. Pure. */
import type { ActivityEntry, ActivityPage, ActivityValue } from '../schema/activity.js';
import type { ServerActivity } from '../schema/fleet-activity.js';
import { keptActivity } from './activity-limits.js';

/** `page` = the newest page of the log. */
export function keptActivityOf({
  entries,
  pages,
}: Pick<ActivityPage, 'entries' | 'pages'>): Pick<ServerActivity, 'entries' | 'since'> {
  const kept: ActivityEntry[] = [];
  let characters = 0;
  for (const entry of entries) {
    const short = shortened(entry);
    characters += JSON.stringify(short).length;
    if (kept.length === keptActivity.ofServer || characters > keptActivity.characters) break;
    kept.push(short);
  }
  const isWhole = pages <= 1 && kept.length === entries.length;
  return { entries: kept, since: isWhole ? null : (kept.at(-1)?.at ?? null) };
}

function shortened({ properties, ...entry }: ActivityEntry): ActivityEntry {
  const { files } = properties;
  const short = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, cut(value)]));
  if (Array.isArray(files) && files.length > keptActivity.items)
    short['count'] = Math.max(files.length, Number(properties['count']) || 0);
  return { ...entry, properties: short };
}

function cut(value: ActivityValue): ActivityValue {
  if (typeof value === 'string') return value.slice(0, keptActivity.text);
  if (!Array.isArray(value)) return value;
  let letters = 0;
  const items = value.filter((item, place) => {
    const isKept = place < keptActivity.items || letters < keptActivity.text;
    letters += item.length;
    return isKept;
  });
  return items.map((item) => item.slice(0, keptActivity.text));
}
