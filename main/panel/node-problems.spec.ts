import { describe, expect, it } from 'vitest';
import { sentence } from '../../messages/messages.js';
import { panelCalls } from './calls.js';
import { nodeProblem, nodeRefusal } from './node-problems.js';

const start = panelCalls.power('aaaaaaaa', 'start');
const file = panelCalls.writeFile('aaaaaaaa', 'eula.txt', 'eula=true');
const said = (text: string): string =>
  `An error occurred on the remote host: ${text}. (request id: 984b8cc7)`;
const place = 'Home';

describe('a node that refuses an action', () => {
  const { what } = start;

  it('gives its reason, without the wrapping of the panel', () => {
    const refused = nodeProblem(409, said('Busy'), start, place);
    expect(refused).toMatchObject({
      code: 'conflict',
      message: sentence('panel.node-refused-said', { what, said: 'Busy' }),
      next: sentence('panel.node-busy-next'),
    });
    expect(refused).not.toHaveProperty('condition');
    expect(nodeProblem(400, 'An error occurred on the remote host: Busy', start, place)).toEqual(refused);
  });

  it('says that the server is suspended', () => {
    expect(nodeProblem(409, said('Server is suspended'), start, place)).toMatchObject({
      condition: 'suspended',
      next: sentence('panel.ask-host'),
    });
  });

  it.each(['', said(' '), `x ${said('Busy')}`])(
    'gives no reason if the panel passes none on: %j',
    (detail) => {
      expect(nodeProblem(409, detail, start, place).message).toEqual(
        sentence('panel.node-refused', { what }),
      );
    },
  );

  it.each([
    [401, sentence('panel.node-token', { place, what })],
    [403, sentence('panel.node-token', { place, what })],
    [404, sentence('panel.node-unknown-server', { place, what })],
    [504, sentence('panel.node-down', { place, what })],
  ])('by status %d is unreachable', (status, message) => {
    expect(nodeProblem(status, said('no'), start, place)).toMatchObject({
      code: 'node-unreachable',
      message,
    });
  });
});

describe('a node that refuses a file', () => {
  const { what } = file;

  it('gives its reason, whatever the status', () => {
    for (const status of [404, 500]) {
      expect(nodeProblem(status, said('is a directory'), file, place)).toMatchObject({
        code: 'conflict',
        message: sentence('panel.node-refused-said', { what, said: 'is a directory' }),
        next: sentence('panel.node-refused-file-next'),
      });
    }
    const untold = { code: 'conflict', message: sentence('panel.node-refused-file', { what }) };
    expect(nodeProblem(500, '', file, place)).toMatchObject(untold);
    expect(nodeRefusal(file)).toMatchObject(untold);
  });

  it.each([
    [504, 'is a directory'],
    [403, 'You are not authorized to access this endpoint'],
    [401, 'The required authorization heads were not present'],
    [404, 'The requested resource does not exist on this instance'],
  ])('proves no fault of the file by status %d and "%s"', (status, text) => {
    expect(nodeProblem(status, said(text), file, place).code).toBe('node-unreachable');
  });
});
