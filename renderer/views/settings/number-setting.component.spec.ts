import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import NumberSetting from './number-setting.svelte';

const user = userEvent.setup();
const bounds = { min: 1, max: 60, label: 'Minutes', testid: 'minutes' };

async function enter(text: string): Promise<HTMLInputElement> {
  const input = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Minutes' });
  await user.clear(input);
  if (text !== '') await user.type(input, text);
  await user.tab();
  return input;
}

it('an entered number stays within its bounds, and invalid text is replaced by the saved value', async () => {
  const onchange = vi.fn();
  render(NumberSetting, { ...bounds, value: 10, onchange });
  await enter('99');
  expect(onchange).toHaveBeenLastCalledWith(60);
  expect((await enter('')).value).toBe('10');
  expect(onchange).toHaveBeenCalledOnce();
});

it('the field may be empty where empty has a meaning', async () => {
  const [onchange, onclear] = [vi.fn(), vi.fn()];
  render(NumberSetting, { ...bounds, value: 10, onchange, onclear });
  await enter('');
  expect(onclear).toHaveBeenCalledOnce();
  expect(onchange).not.toHaveBeenCalled();
});
