import { describe, expect, it } from 'vitest';
import { settingsPatchSchema, settingsSchema } from './settings.js';

describe('settings', () => {
  it('are whole with what is missing filled in', () => {
    expect(settingsSchema.parse({ theme: 'dark' })).toMatchObject({
      theme: 'dark',
      bulkPauseMs: 2000,
      pins: [],
    });
  });

  it('change only by what a change names: a default must not undo what the person set before', () => {
    expect(settingsPatchSchema.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
    expect(settingsPatchSchema.parse({})).toEqual({});
  });
});
