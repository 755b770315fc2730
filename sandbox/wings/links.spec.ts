import { beforeEach, expect, test } from 'vitest';
import { PELICAN_WINGS, WINGS_111 } from './limits.js';
import { signToken, TokenRules } from './token.js';
import { OneTimeLinks, signLink } from './links.js';

const key = 'the key of the node';
const subject = {
  target: { kind: 'backup', uuid: '1c0c5a64-a5ac-4af7-88ac-9c90ce423df7' },
  serverUuid: 'aaaaaaaa-0000-4000-8000-000000000001',
  userUuid: 'bbbbbbbb-0000-4000-8000-000000000002',
  userId: 2,
  lifetimeSeconds: 900,
} as const;

let now = 0;
beforeEach(() => {
  now = Date.parse('2026-01-01T12:00:00Z');
});

const issue = (tokens = WINGS_111.tokens) => ({
  key,
  panelUrl: 'https://panel.example.com',
  nodeUrl: 'https://node.example.com',
  tokens,
  now,
});
const links = (tokens = WINGS_111.tokens) => {
  const rules = new TokenRules(key, tokens, () => now);
  return { rules, links: new OneTimeLinks(rules) };
};

test.each([
  ['Pterodactyl', WINGS_111.tokens],
  ['Pelican', PELICAN_WINGS.tokens],
])('a link of %s is redeemed once', async (_, tokens) => {
  const node = links(tokens);
  const token = await signLink(subject, issue(tokens));
  expect(await node.links.redeem('backup', token)).toMatchObject({
    backup_uuid: subject.target.uuid,
    server_uuid: subject.serverUuid,
  });
  expect(await node.links.redeem('backup', token)).toBeNull();
});

test('a link is good to the second 900 and refused after it', async () => {
  const node = links();
  const tokens = [await signLink(subject, issue()), await signLink(subject, issue())];
  now += 900_000;
  expect(await node.links.redeem('backup', tokens[0] ?? '')).not.toBeNull();
  now += 1000;
  await expect(node.links.redeem('backup', tokens[1] ?? '')).rejects.toThrow('expired');
});

test('a link from before the boot, or from before its user lost a permission, is refused', async () => {
  const early = await signLink(subject, issue());
  now += 5000;
  const node = links();
  expect(await node.links.redeem('backup', early)).toBeNull();
  const token = await signLink(subject, issue());
  now += 1000;
  node.rules.revoke(subject.userUuid, subject.serverUuid);
  expect(await node.links.redeem('backup', token)).toBeNull();
});

test("a websocket's token is no link", async () => {
  const token = await signToken({ ...subject, permissions: ['*'] }, { ...issue(), lifetimeSeconds: 600 });
  await expect(links().links.redeem('backup', token)).rejects.toThrow();
});

test.each([
  ['Pterodactyl', WINGS_111.tokens],
  ['Pelican', PELICAN_WINGS.tokens],
])('a link of %s to a file is none to a backup', async (_, tokens) => {
  const node = links(tokens);
  const token = await signLink({ ...subject, target: { kind: 'file', path: '/a b.txt' } }, issue(tokens));
  await expect(node.links.redeem('backup', token)).rejects.toThrow();
  expect(await node.links.redeem('file', token)).toMatchObject({ file_path: '/a b.txt' });
  expect(await node.links.redeem('file', token)).toBeNull();
});

test('a newer node takes no link of another scope for an upload', async () => {
  const node = links(PELICAN_WINGS.tokens);
  const token = await signLink(subject, issue(PELICAN_WINGS.tokens));
  await expect(node.links.redeem('upload', token)).rejects.toThrow('another scope');
});
