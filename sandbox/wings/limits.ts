import type { WingsDialect, WingsLimits } from './api.js';
import { DAEMON_TEXT } from './daemon-lines.js';

/** Wings up to 1.11: no limits, and websockets survive almost all changes. */
export const WINGS_111: WingsDialect = {
  appName: 'Pterodactyl',
  diskCheckLine: DAEMON_TEXT.diskCheck,
  ignoreFile: '.pteroignore',
  failsForMissingFiles: false,
  tellsFailedReads: false,
  archiveType: 'application/tar+gzip',
  namesArchives: false,
  diskIo: false,
  sftp: { deniesFiles: false, closedWhileInstalling: false },
  tokens: { scope: null, numbersUsers: true, idHash: 'md5', comparesServer: false },
  limits: null,
  readsBinary: true,
  dropsUnauthenticated: false,
  suspensionEndsSockets: false,
  revocationEnds: 'nobody',
  deletionClose: 'going-away',
};

/** PROTOCOL 4.10. */
const limits: WingsLimits = {
  socketsPerServer: 30,
  countsUnauthenticated: false,
  frameBytes: 4096,
  connection: { size: 10, everyMs: 200 },
  events: {
    auth: { size: 2, everyMs: 5000 },
    'send logs': { size: 2, everyMs: 5000 },
    'send command': { size: 10, everyMs: 1000 },
    '*': { size: 4, everyMs: 1000 },
  },
};

/** Wings from 1.12 on, in its revisions of 2026. */
export const WINGS_112: WingsDialect = {
  ...WINGS_111,
  tokens: { scope: 'websocket', numbersUsers: true, idHash: 'sha256', comparesServer: true },
  limits,
  readsBinary: false,
  dropsUnauthenticated: true,
  suspensionEndsSockets: true,
  revocationEnds: 'user',
  deletionClose: 'cut',
};

/** Pelican's node (PROTOCOL 8.4). */
export const PELICAN_WINGS: WingsDialect = {
  ...WINGS_112,
  appName: 'pelican',
  diskCheckLine: DAEMON_TEXT.diskCheckPelican,
  ignoreFile: '.pelicanignore',
  failsForMissingFiles: true,
  tellsFailedReads: true,
  archiveType: 'application/gzip',
  namesArchives: true,
  diskIo: true,
  sftp: { deniesFiles: true, closedWhileInstalling: true },
  tokens: { scope: 'websocket', numbersUsers: false, idHash: 'sha256', comparesServer: false },
  limits: { ...limits, countsUnauthenticated: true },
  dropsUnauthenticated: false,
  revocationEnds: 'everybody',
};
