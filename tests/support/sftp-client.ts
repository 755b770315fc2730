import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import ssh2, { type ConnectConfig, type SFTPWrapper } from 'ssh2';

/** How a test signs in at a node's SFTP server. */
export interface SftpAccess {
  port: number;
  username: string;
  password?: string;
  /** OpenSSH's format. */
  privateKey?: string;
}

/** SFTP session of a test. Errors have the server's status as `code`. */
export class SftpClient {
  private constructor(
    private readonly client: ssh2.Client,
    readonly sftp: SFTPWrapper,
    /** Fingerprint of the host key that the server showed, as OpenSSH prints it. */
    readonly hostKey: string,
  ) {}

  /** Rejects if the server refuses, or hangs up. */
  static connect(access: SftpAccess): Promise<SftpClient> {
    const client = new ssh2.Client();
    let hostKey = '';
    const settings: ConnectConfig = {
      host: '127.0.0.1',
      readyTimeout: 5000,
      hostVerifier: (key: Buffer) => {
        hostKey = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
        return true;
      },
      ...access,
    };
    return new Promise((resolve, reject) => {
      client.on('error', reject);
      client.on('close', () => reject(new Error('The server hung up.')));
      client.on('ready', () => {
        client.setNoDelay(true);
        client.sftp((error, sftp) => {
          if (error) reject(error);
          else resolve(new SftpClient(client, sftp, hostKey));
        });
      });
      client.connect(settings);
    });
  }

  /** Resolves when the connection has ended. */
  get ended(): Promise<void> {
    return new Promise((resolve) => void this.client.once('close', () => resolve()));
  }

  /** Opens another session and announces the end of requests. Resolves when the server has closed the session. */
  async endedSession(): Promise<void> {
    const stream = await promisify<string, ssh2.ClientChannel>(this.client.subsys.bind(this.client))('sftp');
    const closed = new Promise<void>((resolve) => void stream.once('close', () => resolve()));
    stream.resume().end();
    await closed;
  }

  read(path: string): Promise<Buffer> {
    return promisify<string, Buffer>(this.sftp.readFile.bind(this.sftp))(path);
  }

  write(path: string, content: string | Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.sftp.writeFile(path, content, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Names in a folder, as the server sorts them. */
  async list(path: string): Promise<string[]> {
    const entries = await promisify<string, ssh2.FileEntryWithStats[]>(this.sftp.readdir.bind(this.sftp))(
      path,
    );
    return entries.map(({ filename }) => filename);
  }

  stat(path: string): Promise<ssh2.Stats> {
    return promisify<string, ssh2.Stats>(this.sftp.stat.bind(this.sftp))(path);
  }

  /** A request that answers only its status. */
  run(verb: 'mkdir' | 'rmdir' | 'unlink', path: string): Promise<void>;
  run(verb: 'rename' | 'symlink', path: string, other: string): Promise<void>;
  run(verb: 'chmod', path: string, mode: number): Promise<void>;
  run(
    verb: 'mkdir' | 'rmdir' | 'unlink' | 'rename' | 'symlink' | 'chmod',
    ...rest: unknown[]
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error | null): void => (error ? reject(error) : resolve());
      Reflect.apply(this.sftp[verb], this.sftp, [...rest, done]);
    });
  }

  end(): void {
    this.client.end();
  }
}

/** Status and text of a refusal: `3 permission denied`. */
export async function statusOf(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'ok',
    (error: unknown) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return `${code} ${error instanceof Error ? error.message : ''}`.trim();
    },
  );
}
