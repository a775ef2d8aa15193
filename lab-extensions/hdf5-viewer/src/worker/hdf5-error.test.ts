import { failureOf, messagesOf } from './hdf5-error.js';

const STACK = `HDF5-DIAG: Error detected in HDF5 (2.0.0):
  #000: /build/H5F.c line 836 in H5Fopen(): unable to synchronously open file
    major: File accessibility
  #001: /build/H5Fsuper.c line 600 in H5F__super_read(): truncated file: eof = 448255, sblock->base_addr = 0, stored_eof = 896511
    major: File accessibility`;

test('the innermost message comes first', () => {
  expect(messagesOf(new Error(STACK))).toEqual([
    'truncated file: eof = 448255, sblock->base_addr = 0, stored_eof = 896511',
    'unable to synchronously open file',
  ]);
});

test.each([
  [STACK, { kind: 'truncated', bytes: 448_255, expected: 896_511 }],
  [
    '#000: H5F.c line 1 in f(): file is already open for write (may use <h5clear file>)',
    { kind: 'being-written' },
  ],
  [
    "#000: H5Z.c line 1 in f(): required filter 'sz3' is not registered",
    { kind: 'filter', name: 'sz3' },
  ],
  [
    'Float16 not supported',
    { kind: 'unreadable', detail: 'Float16 not supported' },
  ],
])('says what %j means', (message, failure) => {
  expect(failureOf(new Error(message))).toEqual(failure);
});

test('after a trap the worker is of no more use', () => {
  const error = new WebAssembly.RuntimeError('memory access out of bounds');
  expect(failureOf(error).kind).toBe('crashed');
});
