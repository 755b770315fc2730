const server = { serverId: 'account:abc' };
const ofBackup = { backup: '41096fdb-23b7-4851-8f1f-3892444a3bd1' };
const long = (length: number): string => 'a'.repeat(length);

const nothing = { takes: undefined, refuses: [null, {}] };
const transfer = { transfer: '22222222-2222-4222-8222-222222222222' };
const onlyTransfer = { takes: transfer, refuses: [undefined, {}, { transfer: '../x' }] };

/** Inputs that the calls about backups and their downloads take and refuse. */
export const backupExamples = {
  'backups.create': {
    takes: { ...server, name: '', ignored: ['*.log'], locked: false },
    refuses: [
      server,
      { ...server, name: long(256), ignored: [], locked: false },
      { ...server, name: '', ignored: [long(1001)], locked: false },
    ],
  },
  'backups.quietly': {
    takes: { ...server, name: '', ignored: [], locked: false },
    refuses: [server, { ...server, name: long(256), ignored: [], locked: false }],
  },
  'backups.catchUp': { takes: { serverIds: [server.serverId] }, refuses: [undefined, {}, server] },
  'backups.here': { takes: server, refuses: [undefined, {}] },
  'backups.bringBack': { takes: server, refuses: [undefined, {}] },
  'backups.lock': {
    takes: { ...server, ...ofBackup, locked: true },
    refuses: [server, { ...server, ...ofBackup }],
  },
  'backups.rename': {
    takes: { ...server, ...ofBackup, name: 'First' },
    refuses: [
      { ...server, ...ofBackup },
      { ...server, ...ofBackup, name: '' },
    ],
  },
  'backups.delete': { takes: { ...server, ...ofBackup }, refuses: [server, { ...server, backup: long(65) }] },
  'backups.restore': {
    takes: { ...server, ...ofBackup, truncate: true },
    refuses: [server, { ...server, ...ofBackup }],
  },
  'backups.refresh': { takes: server, refuses: [undefined, {}] },
  'backups.download': { takes: { ...server, ...ofBackup }, refuses: [server, { ...server, backup: '' }] },
  'copies.chooseFolder': nothing,
  'copies.forgetFolder': nothing,
  'copies.show': { takes: { serverId: null }, refuses: [undefined, {}, { serverId: '' }] },
  'copies.fetch': { takes: { ...server, ...ofBackup }, refuses: [server, { ...server, backup: '' }] },
  'copies.delete': { takes: { ...server, ...ofBackup }, refuses: [server, { ...server, backup: long(65) }] },
  'copies.read': {
    takes: { ...server, ...ofBackup, path: 'world/level.dat' },
    refuses: [
      { ...server, ...ofBackup },
      { ...server, ...ofBackup, path: long(5001) },
    ],
  },
  'copies.saveFile': {
    takes: { ...server, ...ofBackup, path: 'world/level.dat' },
    refuses: [
      { ...server, ...ofBackup },
      { ...server, ...ofBackup, path: '' },
    ],
  },
  'transfers.pause': onlyTransfer,
  'transfers.resume': onlyTransfer,
  'transfers.cancel': onlyTransfer,
  'transfers.retry': onlyTransfer,
  'transfers.show': onlyTransfer,
};
