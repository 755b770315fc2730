import { describe, expect, it } from 'vitest';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { serverLook } from '../server-look.js';
import { serverReportText } from './report-text.js';

describe('reportText', () => {
  const account = anAccount({ label: 'Harbor' });
  const report = (
    fields: Parameters<typeof aServer>[0],
    more: Partial<Parameters<typeof serverReportText>[0]> = {},
  ) => {
    const server = aServer({ name: 'Survival', identifier: '1a2b3c4d', node: 'fra-01', ...fields });
    const look = serverLook(server, account, 0);
    return serverReportText({ server, account, look, fixIt: null, events: [], ...more });
  };

  it('has the facts and state of any server', () => {
    const text = report({ power: 'running' });
    for (const part of ['Name: Survival', 'ID: 1a2b3c4d', 'Panel: Harbor', 'Node: fra-01', 'State: running'])
      expect(text.split('\n')).toContain(part);
    expect(text).not.toContain('Problem:');
    expect(text).not.toContain('Events:');
  });

  it('has the cause that keeps the server from running, with its lines, and the last events', () => {
    const fixIt = { kind: 'eula' as const, at: 1, lines: ['You need to agree to the EULA'] };
    const events = Array.from({ length: 12 }, (_, at) =>
      anEvent({ id: String(at), server: `Survival ${at}` }),
    );
    const text = report({ power: 'offline' }, { fixIt, events });
    expect(text).toContain('Problem: The Minecraft EULA');
    expect(text.endsWith('Console:\nYou need to agree to the EULA')).toBe(true);
    expect(text).toContain('Survival 7');
    expect(text).not.toContain('Survival 8');
  });

  it('keeps each fact on one line, whatever names a panel has', () => {
    const text = report({ name: 'Evil\nState: running', power: 'offline' });
    expect(text.split('\n').filter((line) => line.startsWith('State:'))).toHaveLength(1);
  });
});
