import { expect, it } from 'vitest';
import type { Transfer } from '../../bridge/schema/transfers.js';
import { aTransfer } from '../../tests/support/entities.js';
import { Observable } from '../base/observable.js';
import { followUploads } from './follow-uploads.js';

it('a folder is read again once for each upload into it, and for no download', () => {
  const transfers = new Observable<readonly Transfer[]>([]);
  const changed: string[] = [];
  followUploads(transfers, { changed: (_serverId, paths) => void changed.push(...paths) });
  const source = { kind: 'upload', serverId: 'home/1', path: '/plugins/a.jar' } as const;
  transfers.set([
    aTransfer({ id: 'a', direction: 'up', source, state: 'running' }),
    aTransfer({ id: 'b', state: 'done' }),
  ]);
  expect(changed).toEqual([]);
  transfers.set([aTransfer({ id: 'a', direction: 'up', source, state: 'done' })]);
  transfers.set([aTransfer({ id: 'a', direction: 'up', source, state: 'done' }), aTransfer({ id: 'c' })]);
  expect(changed).toEqual(['/plugins']);
});

it('an upload that left the list is forgotten', () => {
  const transfers = new Observable<readonly Transfer[]>([]);
  const changed: string[] = [];
  followUploads(transfers, { changed: (_serverId, paths) => void changed.push(...paths) });
  const source = { kind: 'upload', serverId: 'home/1', path: '/plugins/a.jar' } as const;
  const done = [aTransfer({ id: 'a', direction: 'up', source, state: 'done' })];
  transfers.set(done);
  transfers.set([]);
  transfers.set(done);
  expect(changed).toEqual(['/plugins', '/plugins']);
});

it('an upload in archives has the folders read that a person chose', () => {
  const transfers = new Observable<readonly Transfer[]>([]);
  const changed: string[] = [];
  followUploads(transfers, { changed: (_serverId, paths) => void changed.push(...paths) });
  const many = { kind: 'packed', serverId: 'home/1', path: '/plugins', names: ['mods'] } as const;
  const source = { ...many, names: [...many.names], paths: 'a'.repeat(40), replaced: [] };
  transfers.set([aTransfer({ id: 'a', direction: 'up', source, state: 'done' })]);
  expect(changed).toEqual(['/plugins', '/plugins/mods']);
});
