// Stands for styles, images and wasm, which unit tests do not look at.
export default {};
