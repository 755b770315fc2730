import { describe, expect, it } from 'vitest';
import { menuText, withoutMarkup } from './plain-text.js';

describe('menuText', () => {
  it('shows an ampersand instead of an access key', () => {
    expect(menuText('Rock & Stone')).toBe('Rock && Stone');
  });
});

describe('withoutMarkup', () => {
  it('contains no markup for a daemon', () => {
    expect(withoutMarkup('<b>&lt;</b> <a href="https://example.com">x</a>')).toBe(
      '&lt;b&gt;&amp;lt;&lt;/b&gt; &lt;a href="https://example.com"&gt;x&lt;/a&gt;',
    );
  });
});
