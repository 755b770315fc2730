/** Prefix of the ids of all events at this time (wall-clock time in ms since the epoch). Ids sort by time. */
export function idTime(at: number): string {
  return Math.max(0, Math.round(at)).toString(36).padStart(9, '0');
}
