/** Writing a file (PROTOCOL 2.15), with each panel. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ControlStage, errorLine } from '../../../tests/support/control-stage.js';

const pterodactyl = ['panel-1.11', 'panel-1.12'];
const all = [...pterodactyl, 'reference', 'pelican'];

let stage: ControlStage;
beforeEach(() => {
  stage = new ControlStage();
});
afterEach(() => stage.stop());

const write = (who: 'owner' | 'subuser', query = '?file=eula.txt') =>
  stage.on(who, 'Survival', 'POST', `/files/write${query}`, 'eula=true');
const refuses = (status: number, message: string) =>
  stage.order({ do: 'fault', server: 'Survival', fault: { kind: 'refuse', status, message } });

describe.each(all)('files/write of %s', (dialect) => {
  beforeEach(() => stage.start(dialect));

  test('passes the whole body to the node', async () => {
    expect((await write('owner')).status).toBe(204);
    const { result } = await stage.order({ do: 'look', server: 'Survival' });
    expect(JSON.stringify(result)).toContain('write eula.txt eula=true');
  });

  test('requires a permission and a name', async () => {
    expect((await write('subuser')).status).toBe(403);
    expect(errorLine(await write('owner', ''))).toMatch(
      /^422 ValidationException: The file field is required/,
    );
    await stage.order({
      do: 'permissions',
      server: 'Survival',
      user: 'subuser',
      permissions: ['file.create'],
    });
    expect((await write('subuser')).status).toBe(204);
  });
});

test.each(pterodactyl)("%s forwards the node's refusal, and names a silent node", async (dialect) => {
  await stage.start(dialect);
  await refuses(400, 'Cannot perform that action: not enough disk space available.');
  expect(errorLine(await write('owner'))).toMatch(/^400 DaemonConnectionException: .*not enough disk space/);
  await stage.order({ do: 'fault', server: 'Survival', fault: { kind: 'reset' } });
  expect(errorLine(await write('owner'))).toMatch(/^504 DaemonConnectionException: /);
});

test("Pelican hides the node's refusal", async () => {
  await stage.start('pelican');
  await refuses(400, 'Cannot perform that action: not enough disk space available.');
  expect(errorLine(await write('owner'))).toMatch(/^500 FileExistsException: An unexpected error/);
});
