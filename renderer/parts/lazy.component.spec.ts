import { describe, expect, it, vi } from 'vitest';
import { Late } from './lazy.svelte.js';

describe('a part that is read late', () => {
  it('is loaded once for several readers', async () => {
    const read = vi.fn(() => Promise.resolve({ default: 'part' }));
    const late = new Late(read);
    late.load();
    expect(late.part).toBeNull();
    await vi.waitFor(() => expect(late.part).toBe('part'));
    late.load();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('throws a failure once, and is loaded again for the next reader', async () => {
    const read = vi.fn<() => Promise<{ default: string }>>();
    read.mockRejectedValueOnce(new Error('no such file')).mockResolvedValue({ default: 'part' });
    const late = new Late(read);
    late.load();
    await vi.waitFor(() => expect(() => late.part).toThrow('no such file'));
    expect(late.part).toBeNull();
    await vi.waitFor(() => expect(late.part).toBe('part'));
  });
});
