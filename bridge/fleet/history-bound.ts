/**
 * Size limit of the history on disk; beyond it the oldest entries are deleted.
 * Separate from the schemas, because windows show it.
 */
export const mostHistoryBytes = 100 * 1024 * 1024;
