import { neighbours } from './neighbours.js';

const DIMS = [10, 4, 512, 512];

test.each([
  ['0,0,:,:', null, ['0,1,:,:']],
  ['0,2,:,:', '0,1,:,:', ['0,3,:,:', '0,1,:,:']],
  ['0,1,:,:', '0,2,:,:', ['0,0,:,:', '0,2,:,:']],
  // Along the axis on which one went, not only along the last.
  ['5,2,:,:', '4,2,:,:', ['6,2,:,:', '4,2,:,:']],
  ['9,2,:,:', '8,2,:,:', ['8,2,:,:']],
  // Turned about: other axes are the picture's now.
  [':,:,3,7', '5,2,:,:', [':,:,4,7', ':,:,2,7']],
  [':,:,:,:', null, []],
  ['1', null, []],
])('after %s, from %s, come %j', (selection, before, expected) => {
  expect(neighbours(selection, DIMS, before)).toEqual(expected);
});
