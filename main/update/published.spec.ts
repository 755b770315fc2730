import { describe, expect, it } from 'vitest';
import { publishedBy } from './published.js';

const feed = 'https://perch.example/releases/latest/download';
const env = { PERCH_UPDATE_FEED: 'http://127.0.0.1:8080/' };
const told = (updates: unknown) => () => Promise.resolve(JSON.stringify({ name: 'perch', updates }));

describe('publishedBy', () => {
  it('is the feed of the build, whatever the environment says', async () => {
    const manifest = told({ feed, page: 'https://perch.example/releases', signed: true });
    expect(await publishedBy({ env, isPackaged: true, manifest })).toEqual({
      feed,
      page: 'https://perch.example/releases',
      isSigned: true,
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a feed without TLS', { feed: 'http://perch.example' }],
    ['no address', { feed: 'perch' }],
  ])('is null if the build was given %s', async (_what, updates) => {
    expect(await publishedBy({ env, isPackaged: true, manifest: told(updates) })).toBeNull();
  });

  it('is null for an unreadable package', async () => {
    const broken = () => Promise.resolve('{');
    expect(await publishedBy({ env, isPackaged: true, manifest: broken })).toBeNull();
    expect(await publishedBy({ env, isPackaged: true, manifest: () => Promise.resolve(null) })).toBeNull();
  });

  it('is the variable in a checkout, and null without it', async () => {
    const manifest = told({ feed });
    expect((await publishedBy({ env, isPackaged: false, manifest }))?.feed).toBe(env.PERCH_UPDATE_FEED);
    expect(await publishedBy({ env: {}, isPackaged: false, manifest })).toBeNull();
  });
});
