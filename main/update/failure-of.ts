import { UpdateFailure, type UpdateFailureWhy } from './source.js';

/** Error codes of electron-updater and of the file system. */
const codes: Record<string, UpdateFailureWhy> = {
  ERR_UPDATER_INVALID_UPDATE_INFO: 'not-a-feed',
  ERR_UPDATER_INVALID_VERSION: 'not-a-feed',
  ERR_UPDATER_NO_FILES_PROVIDED: 'not-a-feed',
  ERR_UPDATER_NO_CHECKSUM: 'not-a-feed',
  ERR_UPDATER_ZIP_FILE_NOT_FOUND: 'not-a-feed',
  ERR_UPDATER_CHANNEL_FILE_NOT_FOUND: 'missing',
  ERR_CHECKSUM_MISMATCH: 'checksum',
  ERR_UPDATER_INVALID_SIGNATURE: 'signature',
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EACCES: 'not-written',
  EPERM: 'not-written',
  EROFS: 'not-written',
};

/** Turns an error of electron-updater or of Chromium's network into an `UpdateFailure`. */
export function updateFailureOf(error: unknown, step: 'check' | 'fetch'): UpdateFailure {
  if (error instanceof UpdateFailure) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  return new UpdateFailure(whyOf(String(code), String(message), step), firstLine(String(message)), {
    cause: error,
  });
}

function whyOf(code: string, message: string, step: 'check' | 'fetch'): UpdateFailureWhy {
  const known = codes[code];
  if (known !== undefined) return known;
  if (code.startsWith('HTTP_ERROR_') || / status \d{3}\b/.test(message)) return 'refused';
  if (/net::ERR_(?:CERT|SSL)/.test(message)) return 'untrusted';
  if (/net::ERR_(?:\w*TIMED_OUT)/.test(message)) return step === 'check' ? 'silent' : 'broken-off';
  if (message.includes('net::ERR_')) return step === 'check' ? 'unreachable' : 'broken-off';
  // Any other error during a check comes from a malformed feed.
  return step === 'check' ? 'not-a-feed' : 'broken-off';
}

/** The first 200 characters, up to a line break. electron-updater's messages hold whole answers, headers included. */
function firstLine(message: string): string {
  return message.slice(0, 200).split('\n', 1)[0] ?? '';
}
