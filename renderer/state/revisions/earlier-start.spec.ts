import { beforeEach, expect, it } from 'vitest';
import type { Startup, StartupVariable } from '../../../bridge/schema/startup.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { EarlierStart } from './earlier-start.svelte.js';

let bridge: FakeBridge;
let permissions: string[] | null;

const jar = (serverValue: string, other: Partial<StartupVariable> = {}): StartupVariable => ({
  name: 'Jar',
  description: '',
  envVariable: 'JAR',
  defaultValue: 'x.jar',
  isEditable: true,
  rules: 'required|string|max:20',
  serverValue,
  ...other,
});
const images = ['java:17', 'java:21'].map((image) => ({ label: image, image }));
const startup = (variable: StartupVariable | null): Startup => ({
  command: '',
  template: '',
  images,
  variables: variable === null ? [] : [variable],
});
const value = { variable: 'JAR', was: 'old.jar', is: 'new.jar' };
const image = { variable: null, was: '~java:17', is: 'java:21' };

beforeEach(() => {
  bridge = new FakeBridge();
  permissions = null;
  bridge.answer('startup.read', startup(jar('new.jar')));
});

async function earlier(dockerImage = 'java:21'): Promise<EarlierStart> {
  const found = new EarlierStart(new PerchClient(bridge), () => aServer({ permissions, dockerImage }));
  await found.read();
  return found;
}

const sent = () => bridge.calls.filter(({ name }) => name !== 'startup.read').map(({ input }) => input);

it('reads once more and sends the earlier value of a variable', async () => {
  const start = await earlier();
  bridge.answer('startup.setVariable', startup(jar('old.jar')));
  await start.putBack(value);
  expect(bridge.calls.filter(({ name }) => name === 'startup.read')).toHaveLength(2);
  expect(sent()).toMatchObject([{ key: 'JAR', value: 'old.jar' }]);
  expect([start.isBack(value), start.failed]).toEqual([true, null]);
});

it('sends the image as the panel writes it', async () => {
  const start = await earlier();
  bridge.answer('server.setDockerImage', undefined);
  await start.putBack(image);
  expect(sent()).toMatchObject([{ image: 'java:17' }]);
  expect(start.isBack(image)).toBe(true);
});

it('sends no value over a value that somebody has changed since', async () => {
  const start = await earlier();
  bridge.answer('startup.read', startup(jar('theirs.jar')));
  await start.putBack(value);
  expect(sent()).toEqual([]);
  expect(start.failed?.why).toMatch(/has changed since this comparison/);
});

it.each([
  ['the host alone may change', jar('new.jar', { isEditable: false }), /Only your host/],
  ['the rules refuse', jar('new.jar', { rules: 'required|string|max:3' }), /3/],
  ['is gone', null, /no longer has this variable/],
])('blocks a variable that %s', async (_what, variable, why) => {
  bridge.answer('startup.read', startup(variable));
  expect((await earlier()).block(value)).toMatch(why);
});

it('blocks images that the panel would refuse', async () => {
  expect((await earlier()).block({ ...image, was: 'java:8' })).toMatch(/no longer offers/);
  expect((await earlier('mine:1')).block({ ...image, is: 'mine:1' })).toMatch(/administrator/);
});

it('names the missing permission of each', async () => {
  permissions = ['startup.read'];
  const start = await earlier();
  expect(start.block(value)).toMatch(/permission/);
  expect(start.block(image)).toMatch(/permission/);
  permissions = ['startup.read', 'startup.update'];
  expect(start.block(value)).toBeNull();
});

it('says why the panel refused', async () => {
  const start = await earlier();
  bridge.refuse('startup.setVariable', aProblem('panel-error'));
  await start.putBack(value);
  expect(start.failed).toMatchObject({ value, why: expect.stringMatching(/\w/) as unknown });
  expect(start.isBack(value)).toBe(false);
  expect(start.block(value)).toBeNull();
});
