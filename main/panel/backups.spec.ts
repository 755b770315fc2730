/** Calls about backups through the panel client; the contract set has the refusals. */
import { describe, expect, it } from 'vitest';
import { answer } from '../../tests/support/fake-http.js';
import { fakePanelClient } from '../../tests/support/fake-panel-client.js';
import { backupItem, linkAnswer } from './wire/backups.js';

const item = (uuid: string, more: object = {}) => ({
  object: 'backup',
  attributes: {
    uuid,
    is_successful: true,
    is_locked: false,
    name: `Backup ${uuid}`,
    ignored_files: [],
    checksum: `sha1:${'A'.repeat(40)}`,
    bytes: 5,
    created_at: '2026-11-28T14:50:18+01:00',
    completed_at: '2026-11-28T14:50:21+01:00',
    ...more,
  },
});
const page = (data: unknown[], number: number, pages: number) => ({
  object: 'list',
  data,
  meta: { backup_count: 7, pagination: { current_page: number, total_pages: pages } },
});

describe('the list', () => {
  it('is read to its last page, and sorted with the newest first', async () => {
    const { client, http } = fakePanelClient([
      answer(200, page([item('b1')], 1, 2)),
      answer(200, page([item('b2', { created_at: '2026-11-29T00:00:00Z' }), item('b1')], 2, 2)),
    ]);
    const { backups, used } = await client.backups('a1');
    expect(backups.map(({ id }) => id)).toEqual(['b2', 'b1']);
    expect(used).toBe(7);
    expect(http.requests.map(({ url }) => url.split('?')[1])).toEqual([
      'per_page=50&page=1',
      'per_page=50&page=2',
    ]);
  });

  it('leaves out entries that are no backups, and is refused if none is left', async () => {
    const { client } = fakePanelClient([
      answer(200, page([item('b1'), item('../b2'), { attributes: {} }, 7], 1, 1)),
      answer(200, page([7], 1, 1)),
    ]);
    expect((await client.backups('a1')).backups).toMatchObject([{ id: 'b1', sha1: 'a'.repeat(40) }]);
    await expect(client.backups('a1')).rejects.toMatchObject({ problem: { code: 'protocol' } });
  });

  it('ends at a panel that promises pages without end', async () => {
    const endless = Array.from({ length: 30 }, (_, at) => answer(200, page([item(`b${at}`)], 1, 1e9)));
    const { client, http } = fakePanelClient(endless);
    expect((await client.backups('a1')).backups).toHaveLength(20);
    expect(http.requests).toHaveLength(20);
  });

  it.each([
    ['an empty page', []],
    ['a page that was there before', [item('b2')]],
  ])('without a number of pages is read until %s', async (_what, last) => {
    for (const meta of [undefined, null, [], { pagination: null }, { pagination: { total: 3 } }]) {
      const answers = [[item('b1')], [item('b2')], last].map((data) => answer(200, { data, meta }));
      const { client, http } = fakePanelClient(answers);
      const { backups, used } = await client.backups('a1');
      expect(backups.map(({ id }) => id)).toEqual(['b1', 'b2']);
      expect(used).toBe(2);
      expect(http.requests).toHaveLength(3);
    }
  });

  it('counts unreadable entries, once', async () => {
    const odd = [item('../b2'), { attributes: {} }, 7];
    const pages = [page([item('b1'), ...odd], 1, 2), page([item('b3'), null], 2, 2)];
    const { client } = fakePanelClient(pages.map((one) => answer(200, one)));
    expect(await client.backups('a1')).toMatchObject({ unread: 4 });
    const repeated = { data: [item('b1'), null] };
    const same = fakePanelClient([answer(200, repeated), answer(200, repeated)]);
    expect(await same.client.backups('a1')).toMatchObject({ unread: 1 });
    const whole = fakePanelClient([answer(200, page([item('b1')], 1, 1))]);
    expect((await whole.client.backups('a1')).unread).toBeUndefined();
  });

  it('keeps backups whose time cannot be read, after the others', async () => {
    const odd = [null, undefined, '28.11.2026', '2026-11-28 14:50:18', 1_796_000_000, {}];
    const undated = odd.map((at, place) => item(`u${place}`, { created_at: at, completed_at: at ?? 'then' }));
    const { client } = fakePanelClient([answer(200, page([...undated, item('b1')], 1, 1))]);
    const { backups, unread } = await client.backups('a1');
    expect(unread).toBeUndefined();
    expect(backups.map(({ id }) => id)).toEqual(['b1', 'u0', 'u1', 'u2', 'u3', 'u4', 'u5']);
    for (const backup of backups.slice(1))
      expect(backup).toMatchObject({ createdAt: null, completedAt: null, state: 'good' });
  });
});

it.each([
  ['a running one', { completed_at: null, is_successful: false, checksum: null }, 'running', null],
  ['a failed one', { is_successful: false, checksum: null }, 'failed', null],
  ['one with another checksum', { checksum: 'md5:1' }, 'good', null],
  ['a failed one with a checksum', { is_successful: false }, 'failed', null],
])('a backup in the answer: %s', (_what, fields, state, sha1) => {
  expect(backupItem.parse(item('b1', fields))).toMatchObject({ state, sha1 });
});

it('names and patterns are one line without control characters', () => {
  const hostile = { name: 'a\u001b[31m\nb\u202e', ignored_files: ['x\ny', 7] };
  expect(backupItem.parse(item('b1', hostile))).toMatchObject({ name: 'a b', ignored: ['x y'] });
});

it('a link leads to the web and nowhere else', () => {
  const link = (url: string) => linkAnswer.safeParse({ attributes: { url } }).success;
  expect(link('https://node.example.com:8080/download/backup?token=a.b')).toBe(true);
  expect(link('file:///etc/passwd')).toBe(false);
  expect(link('javascript:alert(1)')).toBe(false);
});

it.each(['../x', 'a/b', '', 'a?b', 'x'.repeat(65)])(
  'the id %j never becomes part of an address',
  async (id) => {
    const { client, http } = fakePanelClient([]);
    await expect(client.backup('a1', id)).rejects.toMatchObject({ problem: { code: 'not-found' } });
    await expect(client.deleteBackup('a1', id)).rejects.toMatchObject({ problem: { code: 'not-found' } });
    expect(http.requests).toEqual([]);
  },
);

it('the limit of restorations in the headers is not taken for that of the account', async () => {
  const { client } = fakePanelClient([
    answer(200, page([item('b1')], 1, 1), { 'x-ratelimit-limit': '256', 'x-ratelimit-remaining': '250' }),
    answer(204, null, { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '0' }),
    answer(200, item('b1')),
  ]);
  await client.backups('a1');
  await client.restoreBackup('a1', 'b1', false);
  expect([client.rateLimit(), client.restUntil(0.25)]).toEqual([256, null]);
  await expect(client.backup('a1', 'b1')).resolves.toMatchObject({ id: 'b1' });
});

it('too many restorations pause only restorations', async () => {
  const { client } = fakePanelClient([
    answer(
      429,
      { errors: [{ code: 'ThrottleRequestsException', status: '429', detail: 'Too Many Attempts.' }] },
      {
        'x-ratelimit-limit': '3',
        'x-ratelimit-remaining': '0',
        'retry-after': '900',
      },
    ),
    answer(200, item('b1')),
  ]);
  await expect(client.restoreBackup('a1', 'b1', false)).rejects.toMatchObject({
    problem: { code: 'rate-limited', ofServer: true, message: { id: 'panel.restore-throttled' } },
  });
  await expect(client.backup('a1', 'b1')).resolves.toMatchObject({ id: 'b1' });
});

it('an answer to a creation that cannot be read may have made a backup', async () => {
  const { client } = fakePanelClient([answer(200, { object: 'backup', attributes: {} })]);
  const wanted = { name: '', ignored: ['*.log', 'world/'], locked: true };
  await expect(client.createBackup('a1', wanted)).rejects.toMatchObject({
    problem: { code: 'protocol', maybeDone: true },
  });
});

it('patterns are sent as lines', async () => {
  const { client, http } = fakePanelClient([answer(200, item('b1'))]);
  await client.createBackup('a1', { name: 'x', ignored: ['*.log', 'world/'], locked: true });
  expect(http.requests[0]?.body).toBe('{"ignored":"*.log\\nworld/","is_locked":true,"name":"x"}');
});
