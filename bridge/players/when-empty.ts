/** Choices for what happens to an empty server. Without zod, because windows use them. */

/** Fewest and most minutes without players before Perch acts. */
export const fewestEmptyMinutes = 1;
export const mostEmptyMinutes = 1440;
/** Most hours that a process runs before an empty server is restarted. */
export const mostEmptyHours = 720;

/** Minutes and hours that the window offers. */
export const emptyMinutes = [5, 10, 20, 30, 60, 120] as const;
export const emptyHours = [6, 12, 24, 72, 168] as const;
