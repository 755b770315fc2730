type Ssh = typeof import('ssh2');

/** The SSH library, which is read with the first connection, so that a sandbox without SFTP starts as fast as before. */
export async function ssh(): Promise<Ssh> {
  const { default: library } = await import('ssh2');
  return library;
}
