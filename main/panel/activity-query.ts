/** The part of an activity log to read. */
export interface ActivityPage {
  /** Counts from 1; the newest entries are on page 1. */
  readonly page: number;
  /** Parts of the names of events, with commas between them; absent for all events. */
  readonly event?: string | undefined;
}

/** Entries of a page; panels give at most 100 (PROTOCOL 2.14.2). */
export const activityPageSize = 100;

/** Query for a page of an activity log, newest first, with the users who did it. */
export function activityQuery({ page, event }: ActivityPage): string {
  const filter = event === undefined ? '' : `filter%5Bevent%5D=${encodeURIComponent(event)}&`;
  return `${filter}sort=-timestamp&per_page=${activityPageSize}&page=${page}&include=actor`;
}
