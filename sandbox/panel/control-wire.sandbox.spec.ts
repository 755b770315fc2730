import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ControlStage } from '../../tests/support/control-stage.js';

let stage: ControlStage;
beforeEach(async () => {
  stage = new ControlStage();
  await stage.start('panel-1.11');
});
afterEach(() => stage.stop());

const account = () => stage.ask('owner', 'GET', '/account');
const power = () => stage.on('owner', 'Survival', 'POST', '/power', { signal: 'stop' });

async function passedOn(): Promise<unknown> {
  const { result } = await stage.order({ do: 'look', server: 'Survival' });
  return (result as { passedOn: unknown }).passedOn;
}

describe('a bad wire', () => {
  test('breaks the connection, and the request is not carried out', async () => {
    await stage.order({ do: 'wire', wire: { how: 'reset', times: 1 } });
    await expect(power()).rejects.toThrow();
    expect(await passedOn()).toEqual([]);
    expect((await power()).status).toBe(204);
  });

  test.each(['reset', 'truncate'])('loses the answer of a carried-out request (%s)', async (how) => {
    await stage.order({ do: 'wire', wire: { how, carriedOut: true, path: '/power', times: 1 } });
    expect((await account()).status).toBe(200);
    await expect(power()).rejects.toThrow();
    expect(await passedOn()).toEqual(['power stop']);
  });

  test('delays answers until it is withdrawn', async () => {
    await stage.order({ do: 'wire', wire: { how: 'delay', delayMs: 150 } });
    const begun = performance.now();
    expect((await account()).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(140);
    await stage.order({ do: 'wire', wire: { how: 'drop' } });
    const answer = account().then(
      () => 'answered',
      () => 'broken',
    );
    const waited = new Promise((resolve) => setTimeout(() => resolve('silent'), 150));
    expect(await Promise.race([answer, waited])).toBe('silent');
    await stage.order({ do: 'wire', wire: null });
    expect((await account()).status).toBe(200);
  });
});

test('a proxy may add headers', async () => {
  await stage.order({ do: 'proxy', answer: { status: 429, headers: { 'retry-after': '86400' } } });
  expect((await account()).headers['retry-after']).toBe('86400');
});

test('a panel names a wrong node address until it is corrected', async () => {
  const socket = async () => {
    const answer = await stage.on('owner', 'Survival', 'GET', '/websocket');
    return (JSON.parse(answer.text) as { data: { socket: string } }).data.socket;
  };
  const right = await socket();
  const node = await nodeOf('Survival');
  await stage.order({ do: 'node-address', node, base: 'ws://127.0.0.1:9' });
  expect(await socket()).toMatch(/^ws:\/\/127\.0\.0\.1:9\/api\/servers\/.*\/ws$/);
  await stage.order({ do: 'node-address', node, base: null });
  expect(await socket()).toBe(right);
});

async function nodeOf(name: string): Promise<string> {
  const answer = await stage.on('owner', name, 'GET', '');
  return (JSON.parse(answer.text) as { attributes: { node: string } }).attributes.node;
}
