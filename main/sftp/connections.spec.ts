/** Connections to a node that speaks SSH, through streams in memory. */
import type { Socket } from 'node:net';
import { duplexPair } from 'node:stream';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import type { Server } from '../../bridge/schema/domain.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { refused } from '../../tests/support/refused.js';
import { sshKeyPair } from '../../tests/support/ssh-key-pair.js';
import { SftpConnections } from './connections.js';
import { makeKey, signed } from './key-pair.js';

const key = makeKey();
const hostKey = sshKeyPair().private;

let clock: FakeClock;
let server: Server;
let isAllowed: boolean;
let opensSftp: boolean;
/** Places and user names of all connections. */
let dialed: string[];
let ended: string[];
/** Answers about the names in a folder. */
let listing: Iterator<readonly string[]>;
let foldersClosed: number;
let connections: SftpConnections;
/** Resolves once a request waits for the answer of the node. */
let asked: Promise<void>;
let tellAsked: () => void;

/** A node that answers no question about a file, and lists the names of the test. */
function serve(files: ssh2.SFTPWrapper): void {
  files.on('LSTAT', () => tellAsked());
  files.on('OPENDIR', (id) => files.handle(id, Buffer.from('folder')));
  files.on('READDIR', (id) => {
    const names = listing.next();
    if (names.done === true) files.status(id, 1);
    else files.name(id, names.value.map(listed));
  });
  files.on('CLOSE', (id) => {
    foldersClosed += 1;
    files.status(id, 0);
  });
}

const listed = (filename: string): ssh2.FileEntry => ({
  filename,
  longname: '',
  attrs: { mode: 0o100644, uid: 0, gid: 0, size: 3, atime: 0, mtime: 0 },
});

function dial(place: string): Promise<NodeJS.ReadWriteStream> {
  const [here, there] = duplexPair();
  const ends = ended;
  const node = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    let login = place;
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      login = `${context.username}@${place}`;
      context.accept();
    });
    client.on('ready', () => dialed.push(login));
    client.on('close', () => ends.push(login));
    client.on('session', (accept) => {
      accept().on('sftp', (open) => {
        if (opensSftp) serve(open());
        else tellAsked();
      });
    });
  });
  // The library uses only the stream of a socket.
  node.injectSocket(there as Socket);
  return Promise.resolve(here);
}

beforeEach(() => {
  clock = new FakeClock();
  server = aServer({ id: 'home/1', accountId: 'home', sftp: { host: 'one.example.com', port: 2022 } });
  isAllowed = true;
  opensSftp = true;
  dialed = [];
  ended = [];
  listing = [].values();
  foldersClosed = 0;
  asked = new Promise((resolve) => (tellAsked = resolve));
  connections = new SftpConnections({
    clock,
    book: { find: () => null, patch: () => Promise.resolve() },
    keys: {
      signerOf: () => ({ publicKey: key.publicKey, sign: async (data) => signed(key.secret, data) }),
    },
    hosts: { judge: () => Promise.resolve() },
    serverOf: () => {
      if (!isAllowed) throw new PerchError(aProblem('forbidden'));
      return server;
    },
    userOf: () => 'olive',
    dial,
  });
});
afterEach(() => connections.stop());

const cancelling = (): { signal: AbortSignal; abort: () => void } => {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
};
const work = (): Promise<string> => connections.use('home/1', async () => 'done');

describe('a connection that is open', () => {
  it('is shared by all work on a server', async () => {
    await work();
    await work();
    expect(dialed).toEqual([expect.stringMatching(/^olive\..{8}@one\.example\.com:2022$/)]);
  });

  it('fails all requests once the permission or the server is gone', async () => {
    await work();
    isAllowed = false;
    expect((await refused(work())).code).toBe('forbidden');
  });

  it('ends when the server is on another node', async () => {
    await work();
    server = { ...server, sftp: { host: 'two.example.com', port: 2022 } };
    await work();
    expect(dialed.map((login) => login.split('@')[1])).toEqual([
      'one.example.com:2022',
      'two.example.com:2022',
    ]);
    await expect.poll(() => ended.length).toBe(1);
    expect(ended[0]).toContain('one.example.com');
  });
});

describe('the end of Perch', () => {
  it('waits for no answer of a node', async () => {
    const looking = refused(connections.use('home/1', (files) => files.look('/world')));
    await asked;
    connections.stop();
    expect((await looking).message.id).toBe('sftp.cut');
  });

  it('waits for no connection that is being opened', async () => {
    opensSftp = false;
    const opening = refused(work());
    await asked;
    connections.stop();
    expect((await opening).message.id).toBe('sftp.cut');
  });
});

describe('a node that never opens SFTP', () => {
  it('ends the work after 20 seconds, and the next work connects again', async () => {
    opensSftp = false;
    const problem = refused(work());
    await asked;
    await clock.advance(20_000);
    expect((await problem).message.id).toBe('sftp.silent');
    opensSftp = true;
    expect(await work()).toBe('done');
    expect(dialed).toHaveLength(2);
  });
});

describe('a node that says that it is there, and answers no request', () => {
  it('ends the work after two minutes, and the next work connects again', async () => {
    const looking = refused(connections.use('home/1', (files) => files.look('/world')));
    await asked;
    await clock.advance(119_000);
    expect(dialed).toHaveLength(1);
    await clock.advance(1000);
    expect(await looking).toMatchObject({ code: 'timeout', message: { id: 'sftp.silent' } });
    expect(await work()).toBe('done');
    expect(dialed).toHaveLength(2);
  });
});

describe('work that a person cancels', () => {
  it('waits for no connection that is being opened', async () => {
    opensSftp = false;
    const { signal, abort } = cancelling();
    const opening = connections.use('home/1', async () => 'done', signal);
    await asked;
    abort();
    await expect(opening).rejects.toThrow('aborted');
  });

  it('ends with the connection if the node stops answering', async () => {
    const { signal, abort } = cancelling();
    const looking = refused(connections.use('home/1', (files) => files.look('/world'), signal));
    await asked;
    abort();
    await clock.advance(3000);
    expect((await looking).message.id).toBe('sftp.silent');
  });

  it('begins no request after the abort', async () => {
    await work();
    const looking = connections.use('home/1', (files) => files.look('/world'), AbortSignal.abort());
    await expect(looking).rejects.toThrow('aborted');
  });

  it('keeps the patience with other work unchanged', async () => {
    const { signal, abort } = cancelling();
    const mine = connections.use('home/1', (files) => files.list('/world').next(), signal);
    await mine;
    const looking = refused(connections.use('home/1', (files) => files.look('/world')));
    await asked;
    abort();
    await clock.advance(60_000);
    expect(dialed).toHaveLength(1);
    await clock.advance(60_000);
    expect((await looking).message.id).toBe('sftp.silent');
  });
});

describe('the names in a folder', () => {
  const names = async (most?: number): Promise<string[]> => {
    const found: string[] = [];
    await connections.use('home/1', async (files) => {
      for await (const { name } of files.list('/world', most)) found.push(name);
    });
    return found;
  };
  function* endless(answer: readonly string[]): Generator<readonly string[]> {
    for (;;) yield answer;
  }

  it('come from all answers, without those that lead elsewhere or that no node can have', async () => {
    listing = [
      ['.', '..'],
      ['a', '../b', 'c/d', 'x'.repeat(256)],
      ['', 'e'.repeat(255)],
    ].values();
    expect(await names()).toEqual(['a', 'e'.repeat(255)]);
    expect(foldersClosed).toBe(1);
  });

  it.each([[['a', 'b', 'c']], [['../a', 'b/c', '']], [['.', '..']], [[]]])(
    'end when a node answers %j without end',
    async (answer) => {
      listing = endless(answer);
      expect((await refused(names(1000))).message.id).toBe('sftp.too-many-names');
      expect(foldersClosed).toBe(1);
    },
  );

  it('end when nobody wants more', async () => {
    listing = endless(['a']);
    await connections.use('home/1', async (files) => {
      for await (const entry of files.list('/world')) {
        expect(entry).toEqual({ name: 'a', kind: 'file', bytes: 3 });
        break;
      }
    });
    expect(foldersClosed).toBe(1);
  });
});
