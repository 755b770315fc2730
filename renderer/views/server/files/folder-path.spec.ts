import { describe, expect, it } from 'vitest';
import { crumbsOf, typedPath } from './folder-path.js';

it('has a crumb for each folder', () => {
  expect(crumbsOf('/')).toEqual([]);
  expect(crumbsOf('/plugins/Essentials')).toEqual([
    { name: 'plugins', path: '/plugins' },
    { name: 'Essentials', path: '/plugins/Essentials' },
  ]);
});

describe('a typed path', () => {
  it.each([
    ['/world/region/', '/world/region'],
    ['region', '/world/region'],
    ['./region//deep', '/world/region/deep'],
    ['..', '/'],
    ['../../../etc', '/etc'],
    ['/', '/'],
    ['', '/world'],
    ['/home/container/plugins', '/plugins'],
    ['/home/container', '/'],
    ['/home/containers', '/home/containers'],
    [' /logs ', '/logs'],
  ])('%j in /world is %j', (text, path) => {
    expect(typedPath(text, '/world')).toBe(path);
  });
});
