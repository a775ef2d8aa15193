// h5wasm comes with its WebAssembly inside a JavaScript string, which a minifier makes twice
// as large and every tab would parse. This loader writes it to a file of its own, and replaces
// `import.meta.url`, which would put the path of the build machine into the bundle.
const { Buffer } = require('node:buffer');
const { createHash } = require('node:crypto');
const vm = require('node:vm');

const FIND = /function findWasmBinary\(\)\{return binaryDecode\(('[^]*?')\)\}/;

module.exports = function h5wasmLoader(source) {
  const literal = FIND.exec(source)?.[1];
  if (literal === undefined || !source.includes('import.meta.url')) {
    throw new Error(
      'h5wasm is built in another way than before: h5wasm-loader.cjs must be adapted.',
    );
  }
  // Each character is a byte; 256 stands for 0.
  const wasm = Uint8Array.from(vm.runInNewContext(literal), (character) =>
    character.charCodeAt(0),
  );
  if (String.fromCharCode(...wasm.subarray(0, 4)) !== '\0asm') {
    throw new Error(
      'h5wasm-loader.cjs did not find the WebAssembly in h5wasm.',
    );
  }
  const hash = createHash('sha256').update(wasm).digest('hex').slice(0, 16);
  const name = `${hash}.wasm`;
  this.emitFile(name, Buffer.from(wasm));
  return source
    .replace(
      FIND,
      () =>
        `function findWasmBinary(){return fetch(__webpack_public_path__+"${name}").then(response=>{if(!response.ok)throw new Error("HTTP "+response.status);return response.arrayBuffer()})}`,
    )
    .replace('import.meta.url', 'self.location.href');
};
