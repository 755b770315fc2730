import { expect, it } from 'vitest';
import type { Link } from '../../../bridge/schema/domain.js';
import { aCertificate, aServer } from '../../../tests/support/entities.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { refusedNodes } from './refused-nodes.js';

const refusedBy = (host: string): Link => ({
  kind: 'reconnecting',
  retryAt: 0,
  problem: aProblem('tls-untrusted', { certificate: aCertificate({ host }) }),
});

const panels: Record<string, string> = {
  home: 'https://panel.example.com',
  second: 'https://panel.example.com',
  work: 'https://work.example.com',
};

it('a node is named once for all of its servers, and once for each panel', () => {
  const servers = [
    aServer({ uuid: 'a', link: refusedBy('one') }),
    aServer({ uuid: 'b', link: { kind: 'live' } }),
    aServer({
      uuid: 'c',
      link: { kind: 'reconnecting', retryAt: 0, problem: aProblem('node-unreachable') },
    }),
    aServer({ uuid: 'd', link: refusedBy('two') }),
    aServer({ uuid: 'e', link: refusedBy('one') }),
    aServer({ uuid: 'f', accountId: 'work', link: refusedBy('one') }),
    aServer({ uuid: 'g', link: refusedBy('panel.example.com') }),
  ];
  const nodes = refusedNodes(servers, (id) => panels[id]);
  expect(nodes.map(({ accountId, certificate, count }) => [accountId, certificate.host, count])).toEqual([
    ['home', 'one', 2],
    ['home', 'two', 1],
    ['work', 'one', 1],
  ]);
});

it('a node of an account without a panel, and a link that is refused for good, are named as well', () => {
  const link: Link = {
    kind: 'refused',
    retryAt: 0,
    problem: aProblem('tls-untrusted', { certificate: aCertificate({ host: 'one' }) }),
  };
  const nodes = refusedNodes([aServer({ accountId: 'gone', link })], (id) => panels[id]);
  expect(nodes).toMatchObject([{ accountId: 'gone', count: 1 }]);
});

it('a node seen by two accounts of one panel is asked about once, and its servers count once', () => {
  const servers = ['home', 'second'].flatMap((accountId) =>
    ['a', 'b'].map((uuid) => aServer({ accountId, uuid, link: refusedBy('one') })),
  );
  expect(refusedNodes(servers, (id) => panels[id])).toMatchObject([{ accountId: 'home', count: 2 }]);
});
