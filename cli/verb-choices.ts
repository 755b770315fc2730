/** Words that arguments and options of verbs take. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const waitStates = ['running', 'offline', 'starting', 'stopping', 'crashed'] as const;

export const backupActions = [
  'list',
  'create',
  'wait',
  'lock',
  'unlock',
  'rename',
  'delete',
  'restore',
  'download',
  'copies',
  'files',
] as const;
export type BackupAction = (typeof backupActions)[number];

export const copyChoices = ['backup', 'day', 'never'] as const;

export const fileActions = ['ls', 'find', 'get', 'put', 'edit', 'rm'] as const;
export type FileAction = (typeof fileActions)[number];

export const networkActions = ['add', 'note', 'default', 'remove'] as const;
export type NetworkAction = (typeof networkActions)[number];

export const peopleActions = ['give', 'remove'] as const;
export type PeopleAction = (typeof peopleActions)[number];

export const databaseActions = ['create', 'rotate', 'delete'] as const;
export type DatabaseAction = (typeof databaseActions)[number];
