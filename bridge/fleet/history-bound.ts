/** What the history may take on disk; beyond that the oldest goes first. Apart from the schemas, for windows say it. */
export const mostHistoryBytes = 100 * 1024 * 1024;
