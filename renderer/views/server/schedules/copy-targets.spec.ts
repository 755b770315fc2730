import { expect, it } from 'vitest';
import { anAccount, aServer } from '../../../../tests/support/entities.js';
import { copyTargets } from './copy-targets.js';

const accounts = ['mine', 'yours'].map((id) => anAccount({ id, panelUrl: 'https://panel.example.com' }));
const server = (accountId: string, uuid: string, permissions: string[]) =>
  aServer({ id: `${accountId}/${uuid}`, accountId, uuid, name: uuid, isOwner: false, permissions });
const all = ['schedule.read', 'schedule.create', 'schedule.update', 'schedule.delete'];

it('a server of two accounts has one row: that of the account that may write its schedules', () => {
  const servers = [
    server('mine', 'lobby', all),
    server('yours', 'lobby', all),
    server('mine', 'survival', []),
    server('yours', 'survival', all),
  ];
  const targets = copyTargets(servers, {
    from: { id: 'mine/lobby', accountId: 'mine' },
    schedule: { tasks: [] },
    accounts,
  });
  expect(targets.map(({ server: { id }, block }) => [id, block])).toEqual([['yours/survival', null]]);
});
