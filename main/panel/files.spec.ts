/** Calls about files through the panel client. */
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp, type Answer } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { refused } from '../../tests/support/refused.js';
import type { PanelApi } from './api.js';
import { createPanelClient } from './client.js';
import { fileItem } from './wire/files.js';

const key = 'ptlc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww';

function connect(answers: Answer[] | (() => Answer), clock = new FakeClock()) {
  const http = new FakeHttp(answers);
  const client = createPanelClient({
    panelUrl: 'https://panel.example.com',
    http,
    clock,
    log: new FakeLog(),
    authorize: (use) => use(key),
  });
  return { http, client };
}

const item = (more: object = {}) => ({
  object: 'file_object',
  attributes: {
    name: 'a.txt',
    mode: '-rw-r--r--',
    mode_bits: '644',
    size: 5,
    is_file: true,
    is_symlink: false,
    mimetype: 'text/plain; charset=utf-8',
    created_at: '2026-11-28T15:20:43+00:00',
    modified_at: '1999-01-01T01:00:00+01:00',
    ...more,
  },
});

describe('an entry of a folder', () => {
  it('has its size, mode, type and times', () => {
    expect(fileItem.parse(item())).toEqual({
      name: 'a.txt',
      kind: 'file',
      bytes: 5,
      mode: '644',
      mime: 'text/plain; charset=utf-8',
      createdAt: Date.parse('2026-11-28T15:20:43Z'),
      modifiedAt: Date.parse('1999-01-01T00:00:00Z'),
    });
  });

  it.each([
    ['drwxr-xr-x', false, 'folder'],
    ['dtrwxrwxrwx', false, 'folder'],
    ['Lrwxrwxrwx', true, 'link'],
    ['prw-r--r--', true, 'other'],
    ['Srwxr-xr-x', true, 'other'],
    ['Dcrw-rw-rw-', true, 'other'],
    ['urwxr-xr-x', true, 'file'],
    ['----------', true, 'file'],
    ['', true, 'file'],
    ['', false, 'folder'],
  ])('with the mode %j, a file by the panel: %s, is a %s', (mode, is_file, kind) => {
    expect(fileItem.parse(item({ mode, is_file })).kind).toBe(kind);
  });

  it('without a time that can be read still shows', () => {
    expect(fileItem.parse(item({ modified_at: 'soon', created_at: null, mode_bits: '9x' }))).toMatchObject({
      modifiedAt: 0,
      createdAt: 0,
      mode: '',
    });
  });

  it.each(['', '.', '..', 'a/b', 'a\0', 'x'.repeat(256), 7])('is never named %j', async (name) => {
    const { client } = connect([answer(200, { object: 'list', data: [item(), item({ name })] })]);
    expect((await refused(client.files('a1', '/'))).code).toBe('protocol');
  });
});

it('a folder of 100,000 entries is checked in parts', async () => {
  const clock = new FakeClock();
  const data = Array.from({ length: 100_000 }, (_, at) => item({ name: `f${at}` }));
  const { client } = connect([answer(200, { object: 'list', data })], clock);
  let others = 0;
  let before = 0;
  const listing = client.files('a1', '/').then((files) => {
    before = others;
    return files;
  });
  const other = () => void clock.after(0, () => (others++ < 100 ? other() : undefined));
  other();
  await clock.advance(0);
  expect(await listing).toHaveLength(100_000);
  expect(before).toBeGreaterThanOrEqual(49);
});

describe('the content of a file', () => {
  const content = (body: string, type = 'text/plain; charset=UTF-8') =>
    answer(200, body, { 'content-type': type });

  it('comes as it is, also if it looks like an answer or holds a key', async () => {
    for (const body of ['', '{"errors":[{"code":"x"}]}', `key=${key}\r\n`, '\ufeff<html>']) {
      const { client } = connect([content(body)]);
      expect(Buffer.from(await client.fileContents('a1', '/a.txt')).toString()).toBe(body);
    }
  });

  it('is no login page of a proxy in front of the panel', async () => {
    const { client } = connect([
      content('<html>Log in</html>', 'text/html'),
      content('', 'application/json'),
    ]);
    expect((await refused(client.fileContents('a1', '/a.txt'))).code).toBe('not-a-panel');
    expect((await refused(client.fileContents('a1', '/a.txt'))).code).toBe('not-a-panel');
  });

  it('that is too large for the panel can be downloaded instead', async () => {
    const error = { code: 'FileSizeTooLargeException', status: '400', detail: 'The file is too large.' };
    const { client } = connect([answer(400, { errors: [error] })]);
    const problem = await refused(client.fileContents('a1', '/a.bin'));
    expect([problem.code, problem.said]).toEqual([
      'conflict',
      'panel.example.com shows no file of more than 4 MiB.',
    ]);
  });
});

it('each change sends its fields, and content as plain text', async () => {
  const { client, http } = connect(() => answer(204, null));
  await client.writeFile('a1', '/a b&c.txt', new Uint8Array([0, 255, 10]));
  await client.renameFiles('a1', '/', [{ from: 'a', to: 'b/c' }]);
  await client.copyFile('a1', '/a');
  await client.decompressFile('a1', '/x', 'a.zip');
  await client.deleteFiles('a1', '/x', ['a', 'b']);
  await client.createFolder('a1', '/', 'n');
  await client.chmodFiles('a1', '/', ['a', 'b'], '755');
  await client.pullFile('a1', '/x', { url: 'https://example.com/a', name: null });
  await client.pullFile('a1', '/x', { url: 'https://example.com/a', name: 'b' });
  expect(http.requests[0]).toMatchObject({
    body: new Uint8Array([0, 255, 10]),
    headers: { 'content-type': 'text/plain' },
  });
  expect(http.requests.map(({ method, url }) => `${method} ${url.split('/files/')[1]}`)).toEqual([
    'POST write?file=%2Fa%20b%26c.txt',
    'PUT rename',
    ...['copy', 'decompress', 'delete', 'create-folder', 'chmod', 'pull', 'pull'].map((to) => `POST ${to}`),
  ]);
  expect(http.requests.slice(1).map(({ body }) => body)).toEqual([
    '{"files":[{"from":"a","to":"b/c"}],"root":"/"}',
    '{"location":"/a"}',
    '{"file":"a.zip","root":"/x"}',
    '{"files":["a","b"],"root":"/x"}',
    '{"name":"n","root":"/"}',
    '{"files":[{"file":"a","mode":"755"},{"file":"b","mode":"755"}],"root":"/"}',
    '{"directory":"/x","url":"https://example.com/a"}',
    '{"directory":"/x","filename":"b","url":"https://example.com/a"}',
  ]);
});

it('an archive is named by the panel, and Pelican takes a name', async () => {
  const { client, http } = connect(() => answer(200, item({ name: 'mine.tar.gz' })));
  expect(await client.compressFiles('a1', '/x', { files: ['a'] })).toMatchObject({ name: 'mine.tar.gz' });
  await client.compressFiles('a1', '/', { files: ['a'], name: 'mine' });
  expect(http.requests.map(({ body }) => body)).toEqual([
    '{"files":["a"],"root":"/x"}',
    '{"extension":"tar.gz","files":["a"],"name":"mine","root":"/"}',
  ]);
});

describe('refusals', () => {
  type Ask = (client: PanelApi) => Promise<unknown>;
  const list: Ask = (client) => client.files('a1', '/');
  const change: Ask = (client) => client.deleteFiles('a1', '/', ['a']);
  const ofNode = (status: number, text: string) =>
    answer(status, {
      errors: [
        {
          code: 'DaemonConnectionException',
          status: String(status),
          detail: `An error occurred on the remote host: ${text} (request id: 1)`,
        },
      ],
    });

  it.each([
    [403, 'This file cannot be modified: present in egg denylist.', /egg protects this file/],
    [
      409,
      'This server does not have enough available disk space to generate a compressed archive.',
      /no disk space/,
    ],
    [400, 'Cannot perform that action: not enough disk space available.', /no disk space/],
    [400, 'Cannot move or rename file, destination already exists.', /name is already there/],
    [
      400,
      'Cannot write file, name conflicts with an existing directory by the same name.',
      /folder has this name/,
    ],
    [400, 'The archive provided is in a format Wings does not understand.', /not know this format/],
    [400, 'Cannot perform that action: file name is too long.', /name is too long/],
    [400, 'Invalid file mode.', /not accept these permissions/],
    [400, 'Something new.', /could not delete files: “Something new”/],
  ])('by the node with %d “%s” are said in words', async (status, text, said) => {
    const { client } = connect([ofNode(status, text)]);
    const problem = await refused(change(client));
    expect([problem.code, problem.maybeDone]).toEqual(['conflict', undefined]);
    expect(problem.said).toMatch(said);
  });

  it.each([
    ['a 500 of the node', 500, 'DaemonConnectionException', '… (code: 500) (request_id: 1)', 'conflict'],
    ['a folder that was read', 502, 'DaemonConnectionException', '… (code: 200) (request_id: 1)', 'conflict'],
    ['a bare 500 of Pelican', 500, 'RequestException', 'An unexpected error was encountered', 'conflict'],
    ['a missing file on Pelican', 500, 'FileNotFoundException', 'An unexpected error', 'conflict'],
    ['a folder that was read on Pelican', 500, 'FileNotEditableException', 'An unexpected error', 'conflict'],
    ['a name that Pelican refuses', 500, 'FileExistsException', 'An unexpected error', 'conflict'],
    [
      'a silent node',
      504,
      'DaemonConnectionException',
      'Could not establish a connection',
      'node-unreachable',
    ],
    ['a silent node of Pelican', 500, 'ConnectionException', 'An unexpected error', 'node-unreachable'],
    [
      'a closed server',
      409,
      'ServerStateConflictException',
      'This server is currently suspended',
      'conflict',
    ],
    ['a missing permission', 403, 'AccessDeniedHttpException', 'This action is unauthorized.', 'forbidden'],
  ])('%s', async (_what, status, code, detail, becomes) => {
    for (const ask of [list, change]) {
      const { client } = connect([answer(status, { errors: [{ code, status: String(status), detail }] })]);
      expect((await refused(ask(client))).code).toBe(becomes);
    }
  });

  it('of a missing permission name it', async () => {
    const error = {
      code: 'AccessDeniedHttpException',
      status: '403',
      detail: 'This action is unauthorized.',
    };
    const asks: [Ask, string][] = [
      [list, 'file.read'],
      [(client) => client.fileContents('a1', '/a'), 'file.read-content'],
      [(client) => client.fileLink('a1', '/a'), 'file.read-content'],
      [(client) => client.uploadLink('a1'), 'file.create'],
      [(client) => client.writeFile('a1', '/a', ''), 'file.create'],
      [(client) => client.renameFiles('a1', '/', []), 'file.update'],
      [(client) => client.copyFile('a1', '/a'), 'file.create'],
      [(client) => client.compressFiles('a1', '/', { files: [] }), 'file.archive'],
      [(client) => client.decompressFile('a1', '/', 'a'), 'file.create'],
      [change, 'file.delete'],
      [(client) => client.createFolder('a1', '/', 'a'), 'file.create'],
      [(client) => client.chmodFiles('a1', '/', [], '644'), 'file.update'],
      [(client) => client.pullFile('a1', '/', { url: 'https://example.com', name: null }), 'file.create'],
    ];
    for (const [ask, permission] of asks) {
      const { client } = connect([answer(403, { errors: [error] })]);
      expect(await refused(ask(client))).toMatchObject({ code: 'forbidden', permission });
    }
  });

  it('by the limiter of fetching from an address pause no other call', async () => {
    const error = { code: 'ThrottleRequestsException', status: '429', detail: 'Too Many Attempts.' };
    const limit = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'retry-after': '299' };
    const { client } = connect([
      answer(204, null, { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0' }),
      answer(429, { errors: [error] }, limit),
      answer(
        200,
        { object: 'list', data: [] },
        { 'x-ratelimit-limit': '720', 'x-ratelimit-remaining': '700' },
      ),
    ]);
    const pull = () => client.pullFile('a1', '/', { url: 'https://example.com/a', name: null });
    await pull();
    const problem = await refused(pull());
    expect([problem.code, problem.ofServer, problem.said]).toEqual([
      'rate-limited',
      true,
      expect.stringContaining('only a few files'),
    ]);
    expect(await client.files('a1', '/')).toEqual([]);
    expect(client.restUntil(0.25)).toBeNull();
  });
});
