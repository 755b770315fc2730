/** Limits of a panel for a new database (PROTOCOL 2.22.4). With its prefix it cuts a name to the same length. */
export const shortestDatabaseName = 3;
export const longestDatabaseName = 48;
export const databaseNameForm = /^[\p{L}\p{M}\p{N}_-]+$/u;
/** Address from which a user may connect; `%` stands for any part of it. */
export const connectionsFromForm = /^[\w\-/.%:]+$/;
export const longestConnectionsFrom = 255;
