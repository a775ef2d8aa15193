import { fireEvent, screen, within } from '@testing-library/preact';
import { openPage } from '../testing/open-page.js';
import { gpuCounts } from './GpuField.js';

test.each([
  [1, 0, [0, 1]],
  [4, 1, [0, 1, 2, 3, 4]],
  [8, 0, [0, 1, 2, 3, 4, 8]],
  [10, 5, [0, 1, 2, 3, 4, 5, 8, 10]],
  [0, 2, [0, 2]],
])('of %d GPUs with %d asked for offers %j', (most, asked, counts) => {
  expect(gpuCounts(most, asked)).toEqual(counts);
});

describe('in the form', () => {
  let stop: () => void;
  afterEach(() => stop());

  const group = (name: string) =>
    within(screen.getByRole('radiogroup', { name }));
  const numbers = () =>
    group('Number of GPUs')
      .getAllByRole<HTMLInputElement>('radio')
      .map(({ checked }) => checked);

  test('is not there where there is no GPU', () => {
    ({ stop } = openPage());
    expect(screen.queryByRole('group', { name: 'GPUs' })).toBeNull();
  });

  test('the type decides how many there can be', () => {
    ({ stop } = openPage({ path: '/hub/spawn?partition=gpu&ngpus=4' }));
    expect(numbers()).toEqual([false, false, false, false, true]);
    fireEvent.click(group('Type of GPU').getByRole('radio', { name: /^a100/ }));
    expect(numbers()).toEqual([false, false, true]);
  });

  test('a type that is not here is shown with the reason', () => {
    ({ stop } = openPage({
      path: '/hub/spawn?partition=gpu&ngpus=1&gpu_type=h100',
    }));
    const asked = group('Type of GPU').getByRole<HTMLInputElement>('radio', {
      name: /^h100/,
    });
    expect(asked.checked).toBe(true);
    expect(
      screen.getByText('gpu has no GPU of type h100. It has a100, v100.'),
    ).toBeTruthy();
  });
});
