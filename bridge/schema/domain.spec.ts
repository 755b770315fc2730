import { describe, expect, it } from 'vitest';
import { settingsPatchSchema, settingsSchema } from './settings.js';

describe('settings', () => {
  it('are completed with defaults', () => {
    expect(settingsSchema.parse({ theme: 'dark' })).toMatchObject({
      theme: 'dark',
      bulkPauseMs: 2000,
      pins: [],
    });
  });

  it('change only the named fields: a default must not undo an earlier choice', () => {
    expect(settingsPatchSchema.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
    expect(settingsPatchSchema.parse({})).toEqual({});
  });
});
