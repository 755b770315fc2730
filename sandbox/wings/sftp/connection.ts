import type { AuthContext, Connection, PublicKeyAuthContext, SFTPWrapper } from 'ssh2';
import type { SftpEntry, SftpFaults, SftpLogin } from './api.js';
import { fingerprintOf } from './host-key.js';
import { ssh } from './ssh.js';

/** Wings hangs up after so many wrong passwords and keys. */
const mostFailures = 6;
const methods = ['password' as const, 'publickey' as const];
/** Form of a user name; Wings refuses others without asking the panel. */
const userName = /^.+\.[a-z0-9]{8}$/i;

export interface SftpConnectionDeps {
  client: Connection;
  /** Address of the client. */
  address: string;
  faults: () => Pick<SftpFaults, 'refusesKeys'>;
  /** Asks the panel; null = refused. */
  signIn: (login: SftpLogin) => SftpEntry | null;
  /** The client was let in and opened a session. */
  entered: (entry: SftpEntry, accept: () => SFTPWrapper) => void;
}

/** Lets one client in, or refuses it (PROTOCOL 2.19.3). */
export class SftpConnection {
  #entry: SftpEntry | null = null;
  #user = '';
  #failures = 0;

  constructor(private readonly deps: SftpConnectionDeps) {
    const { client } = deps;
    client.on('authentication', (context) => void this.#authenticate(context));
    client.on('session', (accept) => {
      // Requests of anything else, such as a shell, are refused by the library.
      accept().on('sftp', (acceptStream) => {
        if (this.#entry !== null) deps.entered(this.#entry, acceptStream);
      });
    });
  }

  /** Access of the client; null = before the sign-in. */
  get entry(): SftpEntry | null {
    return this.#entry;
  }

  /** User name as the client gave it. */
  get user(): string {
    return this.#user;
  }

  async #authenticate(context: AuthContext): Promise<void> {
    if (context.method === 'none') return context.reject([...methods]);
    const entry = await this.#entryFor(context);
    if (entry !== null) {
      const isQuestion = context.method === 'publickey' && context.signature === undefined;
      if (!isQuestion) [this.#entry, this.#user] = [entry, context.username];
      return context.accept();
    }
    this.#failures += 1;
    context.reject([...methods]);
    if (this.#failures >= mostFailures) this.deps.client.end();
  }

  async #entryFor(context: AuthContext): Promise<SftpEntry | null> {
    const { username: user } = context;
    const { address, faults, signIn } = this.deps;
    if (!userName.test(user)) return null;
    if (context.method === 'password') {
      return signIn({ user, proof: { kind: 'password', password: context.password }, address });
    }
    if (context.method !== 'publickey' || faults().refusesKeys || !(await isSigned(context))) return null;
    return signIn({
      user,
      proof: { kind: 'public-key', fingerprint: fingerprintOf(context.key.data) },
      address,
    });
  }
}

/** Whether the client holds the private key; true for a client that only asks whether the key is known. */
async function isSigned({ key, signature, blob, hashAlgo }: PublicKeyAuthContext): Promise<boolean> {
  if (signature === undefined || blob === undefined) return true;
  const { utils } = await ssh();
  const parsed = utils.parseKey(key.data);
  return !(parsed instanceof Error) && parsed.verify(blob, signature, hashAlgo) === true;
}
