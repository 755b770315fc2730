import { NodeRefusal } from '../api.js';

/** Status codes of version 3 of the protocol. */
export const sftpStatus = {
  ok: 0,
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  unsupported: 8,
} as const;

/** A request that fails with this status. */
export class SftpRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'SftpRefusal';
  }
}

/** Refusals with Wings's codes and texts (PROTOCOL 2.19.5). */
export const sftpRefusals = {
  missing: (): SftpRefusal => new SftpRefusal(sftpStatus.noSuchFile, 'no such file'),
  forbidden: (): SftpRefusal => new SftpRefusal(sftpStatus.permissionDenied, 'permission denied'),
  failed: (): SftpRefusal => new SftpRefusal(sftpStatus.failure, 'failure'),
  unsupported: (): SftpRefusal => new SftpRefusal(sftpStatus.unsupported, 'operation unsupported'),
  /** Wings means the code 15 of a later version, but its library sends 4. */
  diskFull: (): SftpRefusal => new SftpRefusal(sftpStatus.failure, 'Quota Exceeded'),
  denied: (path: string): SftpRefusal =>
    new SftpRefusal(sftpStatus.failure, `filesystem: file access prohibited: [${path}] is on the denylist`),
  endOfFile: (): SftpRefusal => new SftpRefusal(sftpStatus.endOfFile, 'EOF'),
};

/** Refusal for whatever a request ended with. */
export function refusalFor(cause: unknown): SftpRefusal {
  if (cause instanceof SftpRefusal) return cause;
  if (cause instanceof NodeRefusal) return new SftpRefusal(sftpStatus.failure, cause.message);
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return code === 'ENOENT' ? sftpRefusals.missing() : sftpRefusals.failed();
}
