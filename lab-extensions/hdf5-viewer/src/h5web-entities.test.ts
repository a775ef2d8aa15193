import { toEntity } from './h5web-entities.js';
import { toDType } from './h5web-types.js';
import type { EntityDescription, TypeDescription } from './worker/protocol.js';

const float: TypeDescription = { class: 'float', bits: 64, littleEndian: true };
const byte: TypeDescription = {
  class: 'integer',
  bits: 8,
  signed: true,
  littleEndian: true,
};

test.each<[string, TypeDescription, object]>([
  [
    'a compound of r and i is a complex number',
    {
      class: 'compound',
      fields: [
        ['r', float],
        ['i', float],
      ],
    },
    { class: 'Complex', realType: { class: 'Float', size: 64 } },
  ],
  [
    'another compound keeps its fields',
    { class: 'compound', fields: [['x', float]] },
    { class: 'Compound' },
  ],
  [
    'an enumeration of FALSE and TRUE is a truth value',
    { class: 'enum', base: byte, members: { FALSE: 0, TRUE: 1 } },
    { class: 'Boolean', base: { class: 'Integer', size: 8 } },
  ],
  [
    'another enumeration names its values',
    { class: 'enum', base: byte, members: { OPEN: 3 } },
    { class: 'Enumeration', mapping: { 3: 'OPEN' } },
  ],
  [
    'a string without a length varies',
    { class: 'string', length: null, utf8: true, padding: 0 },
    { class: 'String', charSet: 'UTF-8', strPad: 'null-terminated' },
  ],
])('%s', (_, type, expected) => {
  expect(toDType(type)).toMatchObject(expected);
});

test('a group comes with its children, without the children of those', () => {
  const group: EntityDescription = {
    kind: 'group',
    name: 'entry',
    path: '/entry',
    attributes: [{ name: 'NX_class', dims: [], type: float }],
    children: [
      {
        kind: 'group',
        name: 'data',
        path: '/entry/data',
        attributes: [],
        children: null,
      },
      {
        kind: 'dataset',
        name: 'image',
        path: '/entry/image',
        attributes: [],
        dims: [3, 2],
        type: float,
        chunks: null,
        filters: [],
        sources: [],
      },
    ],
  };
  const entity = toEntity(group);
  expect(entity).toMatchObject({
    kind: 'group',
    attributes: [{ name: 'NX_class', shape: { class: 'Scalar' } }],
    children: [
      { kind: 'group', path: '/entry/data' },
      { kind: 'dataset', shape: { class: 'Array', dims: [3, 2] } },
    ],
  });
  expect(entity).not.toHaveProperty('children.0.children');
});
