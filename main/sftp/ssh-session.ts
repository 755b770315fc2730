/**
 * One SSH connection with SFTP, over a stream that the dialer opened.
 *
 * The library is loaded with the first connection, because few people use SFTP and it would be half a megabyte of every
 * start. The private key never reaches the library: it asks for signatures (`sign`).
 */
import { Duplex } from 'node:stream';
import type { SFTPWrapper } from 'ssh2';
import { PerchError } from '../../bridge/errors.js';
import type { Clock } from '../base/ports.js';
import { fingerprintOf, typeOf } from './key-pair.js';
import { Requests } from './requests.js';
import { SftpFiles } from './sftp-files.js';
import { connectionProblem, noSftp, silentNode } from './sftp-problems.js';

export interface ShownHostKey {
  readonly type: string;
  readonly fingerprint: string;
}

export interface SshLogin {
  /** Host and port, for messages. */
  readonly host: string;
  readonly username: string;
  /** Line such as `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
  /** Signs with the private part. Rejects with `PerchError`, such as for a locked keychain. */
  sign(data: Uint8Array): Promise<Buffer>;
  /** Called with the node's key, before anything else is sent. Rejects with `PerchError` to end the connection. */
  judge(shown: ShownHostKey): Promise<void>;
}

export interface SshSession {
  readonly files: SftpFiles;
  readonly isClosed: boolean;
  /** As `Requests.hurry`. */
  hurry(): () => void;
  close(): void;
}

interface SessionDeps {
  readonly clock: Pick<Clock, 'after'>;
  /** Called when the connection has ended. */
  readonly closed: () => void;
}

/** Ms for key exchange and login together, and as many for the beginning of SFTP. */
const loginMs = 20_000;
/** Ms between two questions whether the node is there. Three without an answer end the connection. */
const aliveMs = 15_000;

/** Takes over the stream. Rejects with `PerchError`; the stream is destroyed then. */
export async function openSession(
  stream: NodeJS.ReadWriteStream,
  login: SshLogin,
  { clock, closed }: SessionDeps,
): Promise<SshSession> {
  if (!(stream instanceof Duplex)) throw new Error('no stream');
  const { BaseAgent, Client } = await import('ssh2');
  /** A failure of Perch's own, which says more than the library's error. */
  let own: unknown;

  class Signer extends BaseAgent<string> {
    getIdentities(done: (error: Error | undefined, keys?: string[]) => void): void {
      done(undefined, [login.publicKey]);
    }

    sign(
      _key: unknown,
      data: Buffer,
      options: unknown,
      done?: (error: Error | undefined, signature?: Buffer) => void,
    ): void {
      const tell = typeof options === 'function' ? (options as NonNullable<typeof done>) : done;
      login.sign(data).then(
        (signature) => tell?.(undefined, signature),
        (error: unknown) => {
          own = error;
          tell?.(new Error('no signature'));
        },
      );
    }
  }

  const client = new Client();
  let isClosed = false;
  let tellCut: (error: PerchError) => void = () => undefined;
  const cut = new Promise<never>((_resolve, reject) => (tellCut = reject));
  const requests = new Requests(clock, () => {
    isClosed = true;
    tellCut(new PerchError(silentNode(login.host)));
    client.destroy();
  });
  cut.catch((error: unknown) => requests.end(error));
  const fail = (error: unknown): PerchError =>
    new PerchError(connectionProblem(own ?? error, login.host), { cause: error });
  try {
    await new Promise<void>((resolve, reject) => {
      // This listener stays: without a listener an error would end the process.
      client.on('error', (error) => reject(fail(error)));
      client.on('close', () => {
        isClosed = true;
        const error = fail(new Error('closed'));
        reject(error);
        tellCut(error);
        closed();
      });
      client.on('ready', () => resolve());
      client.connect({
        sock: stream,
        username: login.username,
        agent: new Signer(),
        authHandler: ['agent'],
        readyTimeout: loginMs,
        keepaliveInterval: aliveMs,
        hostVerifier: (blob: Buffer, verify: (isTrusted: boolean) => void) => {
          login.judge({ type: typeOf(blob), fingerprint: fingerprintOf(blob) }).then(
            () => verify(true),
            (error: unknown) => {
              own = error;
              verify(false);
            },
          );
        },
      });
    });
    // Without this option, each small request waits for the acknowledgement of the previous request.
    client.setNoDelay(true);
    const opened = new Promise<SFTPWrapper>((resolve, reject) => {
      client.sftp((error, channel) => {
        if (error === undefined) resolve(channel);
        else reject(new PerchError(noSftp(login.host), { cause: error }));
      });
    });
    const channel = await beforeLate(Promise.race([opened, cut]), login.host, clock);
    channel.on('error', () => client.destroy());
    channel.on('close', () => client.end());
    return {
      files: new SftpFiles(channel, login.host, requests),
      get isClosed() {
        return isClosed;
      },
      hurry: () => requests.hurry(),
      close: () => {
        // Requests that the node never answers end now, not with its side of the connection.
        isClosed = true;
        tellCut(fail(new Error('closed')));
        client.end();
      },
    };
  } catch (error) {
    client.destroy();
    stream.destroy();
    throw error;
  }
}

/** Rejects if a node says nothing about the beginning of SFTP, although it answers whether it is there. */
async function beforeLate<T>(opened: Promise<T>, host: string, clock: SessionDeps['clock']): Promise<T> {
  let stop = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    stop = clock.after(loginMs, () => reject(new PerchError(silentNode(host))));
  });
  try {
    return await Promise.race([opened, late]);
  } finally {
    stop();
  }
}
