import { expect, it } from 'vitest';
import type { Link } from '../../bridge/domain.js';
import { aCertificate, aServer } from '../../tests/support/entities.js';
import { aProblem } from '../../tests/support/fleet-fakes.js';
import { refusedNodes } from './refused-nodes.js';

const refusedBy = (host: string): Link => ({
  kind: 'reconnecting',
  retryAt: 0,
  problem: aProblem('tls-untrusted', { certificate: aCertificate({ host }) }),
});

it('a node is named once for all of its servers, and once for each panel', () => {
  const servers = [
    aServer({ link: refusedBy('one') }),
    aServer({ link: { kind: 'live' } }),
    aServer({ link: { kind: 'reconnecting', retryAt: 0, problem: aProblem('node-unreachable') } }),
    aServer({ link: refusedBy('two') }),
    aServer({ link: refusedBy('one') }),
    aServer({ accountId: 'work', link: refusedBy('one') }),
    aServer({ link: refusedBy('panel.example.com') }),
  ];
  const nodes = refusedNodes(servers, () => 'https://panel.example.com');
  expect(nodes.map(({ accountId, certificate, count }) => [accountId, certificate.host, count])).toEqual([
    ['home', 'one', 2],
    ['home', 'two', 1],
    ['work', 'one', 1],
  ]);
});
