/** Calls about SSH keys of the account through the panel client. */
import { describe, expect, it } from 'vitest';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { answer, type Answer } from '../../tests/support/fake-http.js';
import { fakePanelClient } from '../../tests/support/fake-panel-client.js';

function connect(answers: Answer[], kind: PanelKind = 'pterodactyl') {
  const { http, client } = fakePanelClient(answers, kind);
  const sent = () =>
    http.requests.map(({ method, url, body }) => [method, url.split('/api/client')[1], body ?? null]);
  return { client, sent };
}

const key = {
  object: 'ssh_key',
  attributes: {
    name: 'laptop',
    fingerprint: 'Hjb+rz5zInXhJgpWmOQugzT5NKC07zpojofjl+8xf2k',
    public_key: '-----BEGIN PUBLIC KEY-----\r\nMCow\r\n-----END PUBLIC KEY-----',
    created_at: '2026-11-28T14:56:19+00:00',
  },
};
const list = (...data: object[]) => answer(200, { object: 'list', data });
const { fingerprint } = key.attributes;
const shown = { name: 'laptop', fingerprint, createdAt: Date.parse('2026-11-28T14:56:19Z') };
const missing = answer(404, { errors: [{ code: 'NotFoundHttpException', status: '404', detail: '' }] });

describe('SSH keys of the account', () => {
  it('are listed and added', async () => {
    const { client, sent } = connect([list(key), answer(200, key)]);
    expect(await client.sshKeys()).toEqual([shown]);
    expect(await client.addSshKey('laptop', 'ssh-ed25519 AAAA')).toEqual(shown);
    expect(sent()).toEqual([
      ['GET', '/account/ssh-keys', null],
      ['POST', '/account/ssh-keys', JSON.stringify({ name: 'laptop', public_key: 'ssh-ed25519 AAAA' })],
    ]);
  });

  it('that the panel refuses say why', async () => {
    const detail = 'The public key provided already exists on your account.';
    const { client } = connect([
      answer(422, {
        errors: [
          { code: 'ValidationException', status: '422', detail, meta: { source_field: 'public_key' } },
        ],
      }),
    ]);
    await expect(client.addSshKey('laptop', 'ssh-ed25519 AAAA')).rejects.toMatchObject({
      problem: { code: 'invalid', fields: { public_key: { values: { text: detail } } } },
    });
  });

  it('are removed by Pterodactyl with a body, by Pelican with a path', async () => {
    const pterodactyl = connect([answer(204, '')]);
    await pterodactyl.client.removeSshKey(fingerprint);
    expect(pterodactyl.sent()).toEqual([
      ['POST', '/account/ssh-keys/remove', JSON.stringify({ fingerprint })],
    ]);
    const pelican = connect([answer(204, '')], 'pelican');
    await pelican.client.removeSshKey(fingerprint);
    expect(pelican.sent()).toEqual([
      ['DELETE', `/account/ssh-keys/${encodeURIComponent(fingerprint)}`, null],
    ]);
  });

  it('that are gone need no removal, if the panel says so itself', async () => {
    await connect([missing, list()], 'pelican').client.removeSshKey(fingerprint);
    await expect(connect([missing, list(key)]).client.removeSshKey(fingerprint)).rejects.toMatchObject({
      status: 404,
    });
  });

  it.each(['pterodactyl', 'pelican'] as const)(
    'that %s does not find are reported, without a list',
    async (kind) => {
      const down = answer(503, { errors: [{ code: 'HttpException', status: '503', detail: '' }] });
      for (const second of [missing, down, answer(200, 'none')]) {
        await expect(connect([missing, second], kind).client.removeSshKey(fingerprint)).rejects.toMatchObject(
          {
            problem: { code: 'not-found', message: { id: 'panel.no-ssh-key' } },
          },
        );
      }
      const page = answer(404, '<h1>404</h1>');
      await expect(connect([page, page], kind).client.removeSshKey(fingerprint)).rejects.toMatchObject({
        problem: { code: 'protocol' },
      });
    },
  );

  it('stay if Pelican has no call for their fingerprint, and the person hears why', async () => {
    const slashed = 'Hjb/rz5zInXhJgpWmOQugzT5NKC07zpojofjl+8xf2k';
    const there = list({ ...key, attributes: { ...key.attributes, fingerprint: slashed } });
    const noMethod = answer(405, { errors: [{ code: 'MethodNotAllowedHttpException', status: '405' }] });
    const { client, sent } = connect([missing, there, noMethod], 'pelican');
    await expect(client.removeSshKey(slashed)).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: 'panel.ssh-key-slash' } },
    });
    expect(sent()).toHaveLength(3);
    const other = connect([missing, list(key), noMethod], 'pelican').client.removeSshKey(fingerprint);
    await expect(other).rejects.toMatchObject({ problem: { code: 'protocol' } });
  });

  it('are removed by an older Pelican as Pterodactyl removes them', async () => {
    const { client, sent } = connect([missing, list(key), answer(204, '')], 'pelican');
    await client.removeSshKey(fingerprint);
    expect(sent().at(-1)).toEqual(['POST', '/account/ssh-keys/remove', JSON.stringify({ fingerprint })]);
  });
});
