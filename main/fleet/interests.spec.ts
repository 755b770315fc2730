import { describe, expect, it, vi } from 'vitest';
import { Interests } from './interests.js';

describe('Interests', () => {
  it('knows the visible servers of each window, and none of a hidden window', () => {
    const changed = vi.fn();
    const interests = new Interests();
    interests.listen(changed);
    interests.setShown(1, ['home/a']);
    interests.setShown(2, ['home/a', 'home/b']);
    interests.setInSight(2, false);
    const visible = () => ['home/a', 'home/b'].filter((id) => interests.isVisible(id));
    expect(visible()).toEqual(['home/a']);
    interests.setShown(2, ['home/b']);
    expect(visible()).toEqual(['home/a']);
    interests.setInSight(2, true);
    interests.setShown(1, []);
    expect(visible()).toEqual(['home/b']);
    expect(changed).toHaveBeenCalledTimes(6);
    interests.setInSight(2, true);
    interests.setInSight(3, true);
    interests.windowLeft(3);
    expect(changed).toHaveBeenCalledTimes(6);
    interests.windowLeft(2);
    expect(visible()).toEqual([]);
    expect(changed).toHaveBeenCalledTimes(7);
  });

  it('reports changed interests only', () => {
    const changed = vi.fn();
    const interests = new Interests();
    interests.listen(changed);
    interests.setPreferences({ pinned: [], liveLimit: null });
    expect(changed).not.toHaveBeenCalled();
    interests.setPreferences({ pinned: ['home/a'], liveLimit: null });
    interests.setPreferences({ pinned: ['home/a'], liveLimit: 0 });
    interests.setPreferences({ pinned: ['home/a'], liveLimit: 0 });
    expect(changed).toHaveBeenCalledTimes(2);
    expect([interests.isPinned('home/a'), interests.isPinned('home/b'), interests.liveLimit]).toEqual([
      true,
      false,
      0,
    ]);
  });
});
