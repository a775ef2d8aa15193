// For tests that need a process of their own: lets Node run our sources, which name their
// neighbours `./x.js` as the build wants them. With --experimental-transform-types.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js')) {
      const source = new URL(
        specifier.replace(/\.js$/, '.ts'),
        context.parentURL,
      );
      if (existsSync(fileURLToPath(source))) {
        return next(source.href, context);
      }
    }
    return next(specifier, context);
  },
});
