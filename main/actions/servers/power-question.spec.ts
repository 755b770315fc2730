import { describe, expect, it } from 'vitest';
import { anAccount } from '../../../tests/support/entities.js';
import { verbatim } from '../../../messages/messages.js';
import { powerQuestion } from './power-question.js';

const never = { confirmStop: false, confirmRestart: false };
const always = { confirmStop: true, confirmRestart: true };
const server = { name: 'Survival\u202e' };

describe('powerQuestion', () => {
  it('always asks before a kill, and names the server', () => {
    expect(powerQuestion('kill', server, never)?.message).toBe('Kill “Survival”?');
  });

  it('asks before stop and restart only if the user wants that', () => {
    expect(powerQuestion('stop', server, never)).toBeNull();
    expect(powerQuestion('restart', server, never)).toBeNull();
    expect(powerQuestion('stop', server, always)?.message).toBe('Stop “Survival”?');
    expect(powerQuestion('restart', server, always)?.message).toBe('Restart “Survival”?');
    expect(powerQuestion('start', server, always)).toBeNull();
  });

  it('asks before a start or restart while the panel is away, with the reason and the consequence', () => {
    const problem = {
      code: 'panel-unreachable',
      message: verbatim('Harbor is closed for maintenance.'),
      next: verbatim(''),
    } as const;
    const account = anAccount({ label: 'Harbor', state: { kind: 'failed', problem, retryAt: 0 } });
    expect(powerQuestion('start', server, never, { account })).toMatchObject({
      message: 'Start “Survival”?',
      detail:
        'Harbor is closed for maintenance. The node needs the panel to start a server, so the server may stay down.',
      confirm: 'Start anyway',
    });
    expect(powerQuestion('restart', server, never, { account })?.confirm).toBe('Restart anyway');
    expect(powerQuestion('stop', server, never, { account })).toBeNull();
    expect(powerQuestion('start', server, never, { account: anAccount() })).toBeNull();
  });
});
