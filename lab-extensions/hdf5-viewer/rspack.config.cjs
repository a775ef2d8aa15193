// Merged into the build of @jupyter/builder (package.json, jupyterlab.webpackConfig).
module.exports = {
  module: {
    rules: [
      {
        test: /h5wasm[\\/]dist[\\/]esm[\\/]hdf5_util\.js$/,
        loader: require.resolve('./h5wasm-loader.cjs'),
      },
    ],
  },
  // The plugins for compressions are large, and loaded when a dataset needs one.
  performance: { hints: false },
};
