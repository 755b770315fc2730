import type { Expected, RecordedSocket, Recording } from './console-sessions.js';

const unanswered: Expected = { link: 'reconnecting', problem: ['node-unreachable', 'node does not answer'] };
const gone: Expected = { link: 'refused', problem: ['not-found', 'could not be found'], changes: 1 };
const badSignature: Expected = {
  link: 'reconnecting',
  problem: ['protocol', 'does not accept this panel’s access tokens.*same node token'],
};
const notYet: Expected = {
  link: 'reconnecting',
  problem: ['protocol', 'does not accept the access token yet.*node restart'],
};
const expiredToken: Expected = { link: 'reconnecting', problem: ['protocol', 'expired.*clocks'] };
const noPermission: Expected = {
  link: 'refused',
  problem: ['forbidden', 'permission websocket\\.connect'],
  changes: 1,
};

/**
 * File -> socket -> expected outcome, where it differs from the default. Default: live at the end, one crash per crash
 * report in the console, the last received state, and no request to the panel. `*` = every socket.
 */
const expectations: Record<string, Record<string, Expected>> = {
  // In this recording the node never answers Perch's token; its errors concern the recorded client's messages.
  'no-auth': { '*': unanswered },
  'bad-tokens': {
    s1: badSignature,
    s2: badSignature,
    s3: badSignature,
    s4: badSignature,
    s5: badSignature,
    s6: badSignature,
    s7: badSignature,
    s8: badSignature,
    s9: { link: 'refused', problem: ['protocol', 'token for another server'], changes: 1 },
    s10: expiredToken,
    s11: notYet,
    s14: noPermission,
    s15: noPermission,
    s16: expiredToken,
    s17: badSignature,
    // Foreign token on a working socket: Perch reconnects, and the recording has no second connection.
    s18: unanswered,
  },
  'token-life-offline': { '*': { link: 'reconnecting', problem: ['timeout', 'did not answer in time'] } },
  'token-life-without-renewal': { b: expiredToken },
  // The process never stopped.
  'printed-stop-word': { '*': { crashes: 0 } },
  'install-first-as-admin': { '*': { changes: 1 } },
  reinstall: { own: { changes: 2 }, adm: { changes: 2 }, adm2: { changes: 1 } },
  'reinstall-failing': { '*': { changes: 4 } },
  'reinstall-of-hung-server': { '*': { changes: 2 } },
  backup: { '*': { changes: 1 } },
  'ws-backups-2': { '*': { changes: 2 } },
  'ws-backups-2-subuser': { '*': { changes: 2 } },
  'ws-reinstall': { '*': { changes: 1 } },
  'ws-reinstall-admin': { '*': { changes: 1 } },
  'ws-reinstall-with-script-admin': { '*': { changes: 2 } },
  'subuser-changed': {
    sub: { link: 'refused', problem: ['not-found', 'does not exist'], changes: 1 },
  },
  delete: {
    own: { ...gone, deletions: 1 },
    mute: { ...gone, deletions: 1 },
    // The handshake gets 404, and the panel does not know the server either.
    own2: gone,
  },
  'daemon-restart': { run: unanswered, off: unanswered, mute: unanswered, x1: unanswered },
  'daemon-killed': { a: unanswered },
  'daemon-restart-during-install': { a: { ...unanswered, changes: 1 } },
};

const missingScope = noPermission;
/** The server's process never stopped. */
const untold: Expected = { link: 'connecting' };
const tooMany: Expected = { link: 'reconnecting', problem: ['conflict', 'too many'] };
const numbered = (from: number, to: number, expected: Expected, prefix = ''): Record<string, Expected> =>
  Object.fromEntries(
    Array.from({ length: to - from + 1 }, (_, index) => [`${prefix}${String(from + index)}`, expected]),
  );

/** Expected outcomes of Pelican's Wings, which differ in part (PROTOCOL 8.4). */
const ofPelican: Record<string, Record<string, Expected>> = {
  'bad-tokens': {
    '#1': badSignature,
    '#2': badSignature,
    '#3': expiredToken,
    '#4': missingScope,
    '#5': missingScope,
    '#6': missingScope,
    '#8': { link: 'refused', problem: ['protocol', 'token for another server'], changes: 1 },
    '#9': notYet,
    '#10': expiredToken,
    // Foreign token on a working socket; Perch asks for the next token.
    '#12': { link: 'reconnecting', problem: ['protocol', 'token for another server'] },
  },
  'daemon-restart': { '#1': unanswered, down: unanswered, 'old token': unanswered },
  delete: { own: { ...gone, deletions: 1 }, unauthenticated: gone, again: gone },
  'many-sockets': {
    ...numbered(1, 30, untold),
    ...numbered(31, 33, tooMany),
    ...numbered(31, 33, tooMany, 'a'),
  },
};

/** Expected outcome of this socket: from the recording's file, or from the tables here. */
export function expectedOf(recording: Recording, socket: RecordedSocket): Expected {
  const own = recording.becomes;
  if (own !== null) return own[socket.name] ?? own['*'] ?? {};
  const handshake = socket.entries.find((entry) => entry.dir === 'open')?.status;
  if (recording.name === 'origin') {
    if (handshake === 403)
      return {
        link: 'refused',
        problem: ['forbidden', 'panel\\.example\\.com.*allowed_origins'],
        changes: 1,
      };
    if (handshake === 404)
      return { link: 'reconnecting', problem: ['not-found', 'does not know this server'] };
    // Opened and closed again within 3 ms.
    return { link: 'connecting' };
  }
  const isOfPelican = recording.folder.startsWith('pelican');
  const table = (isOfPelican ? ofPelican : {})[recording.name] ?? expectations[recording.name] ?? {};
  return table[socket.name] ?? table['*'] ?? {};
}
