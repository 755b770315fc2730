import { expect, it } from 'vitest';
import { anActionsRig, certificate, key } from '../../../tests/support/actions-rig.js';
import { aRecord } from '../../../tests/support/fleet-fakes.js';
import { saying } from '../../../tests/support/spoken-problem.js';

it.each(['', 'ключ'])(
  'the problem of %j leads to the page for keys, named as in that panel',
  async (typed) => {
    const { add, looks } = await anActionsRig([aRecord({ trusted: certificate })]);
    await expect(add({ key: typed })).rejects.toMatchObject({
      problem: {
        code: 'invalid',
        next: saying('Copy the whole key from the panel, under Profile, API Keys, and paste it again.'),
      },
    });
    expect(looks).toEqual([{ panelUrl: 'https://panel.example.com', trusted: certificate }]);
  },
);

it('no panel kind is asked for a valid key', async () => {
  const { add, looks } = await anActionsRig();
  await add({ key: ` ${key}\n` });
  expect(looks).toEqual([]);
});
