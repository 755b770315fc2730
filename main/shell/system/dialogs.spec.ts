import { describe, expect, it, vi } from 'vitest';
import { Dialogs } from './dialogs.js';

describe('Dialogs', () => {
  it.each([
    [0, false],
    [1, true],
  ])('returns button %i for %s, with the safe button focused', async (response, agreed) => {
    const showMessageBox = vi.fn((_options: unknown) =>
      Promise.resolve({ response, checkboxChecked: false }),
    );
    const dialogs = new Dialogs({ showMessageBox } as ConstructorParameters<typeof Dialogs>[0]);
    expect(await dialogs.ask({ message: 'Kill?', detail: '', confirm: 'Kill' })).toBe(agreed);
    expect(showMessageBox.mock.calls[0]?.[0]).toMatchObject({ defaultId: 0, cancelId: 0 });
  });

  it.each([
    [undefined, 'Cancel'],
    ['Keep editing', 'Keep editing'],
  ])('puts the safe button first (%s)', async (keep, word) => {
    const showMessageBox = vi.fn((_options: unknown) =>
      Promise.resolve({ response: 0, checkboxChecked: false }),
    );
    const dialogs = new Dialogs({ showMessageBox } as ConstructorParameters<typeof Dialogs>[0]);
    await dialogs.ask({
      message: 'Quit?',
      detail: '',
      confirm: 'Quit',
      ...(keep === undefined ? {} : { keep }),
    });
    expect(showMessageBox.mock.calls[0]?.[0]).toMatchObject({ buttons: [word, 'Quit'] });
  });
});
