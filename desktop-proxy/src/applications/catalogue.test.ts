import { DesktopError } from '../client.js';
import { ProgramCatalogue } from './catalogue.js';
import { program } from './fakes.js';

test('asks once for all that ask at the same time', async () => {
  const programs = jest.fn(() =>
    Promise.resolve({ programs: [program()], parts: [] }),
  );
  const catalogue = new ProgramCatalogue({ programs });
  await Promise.all([catalogue.refresh(), catalogue.refresh()]);
  expect(programs).toHaveBeenCalledTimes(1);
  expect(catalogue.find('pymca')?.title).toBe('PyMca');
});

test('keeps what it knows when there is no answer, and says why', async () => {
  const programs = jest
    .fn()
    .mockResolvedValueOnce({ programs: [program()], parts: [] })
    .mockRejectedValueOnce(new DesktopError('unreachable', 'No answer.'));
  const catalogue = new ProgramCatalogue({ programs });
  await catalogue.refresh();
  await catalogue.refresh();
  expect(catalogue.all).toHaveLength(1);
  expect(catalogue.failure).toBe('No answer.');
});
