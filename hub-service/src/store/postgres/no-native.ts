/** Takes the place of the package `pg-native` in the built service. */
export default null;
