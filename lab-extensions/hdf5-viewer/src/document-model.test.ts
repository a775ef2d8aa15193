import type { Contents } from '@jupyterlab/services';

import { Hdf5ModelFactory, ReadOnlyContents } from './document-model.js';

test('the content of a file is never asked for, nor is it writable', async () => {
  const asked: (Contents.IFetchOptions | undefined)[] = [];
  const drive = {
    get: (path: string, options?: Contents.IFetchOptions) => {
      asked.push(options);
      return Promise.resolve({ path, writable: true } as Contents.IModel);
    },
  };
  const model = await new ReadOnlyContents(drive).get('raw/scan.h5');
  expect(asked).toEqual([{ content: false }]);
  expect(model.writable).toBe(false);
});

test('nothing can be saved over the file', () => {
  const factory = new Hdf5ModelFactory();
  expect(factory.fileFormat).toBeNull();
  expect(() => factory.createNew().toString()).toThrow('not saved');
});
