import type { FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';

/**
 * Checks a form by a schema whose code comes when the form is first sent. Where it cannot be had the form is sent as it
 * is: the server checks it too.
 *
 * @param load imports the schema from the contracts
 */
export function lazyResolver<I extends FieldValues, O>(
  load: () => Promise<z.ZodType<O, I>>,
): Resolver<I, unknown, O> {
  return async (values, context, options) => {
    try {
      const [{ zodResolver }, schema] = await Promise.all([import('@hookform/resolvers/zod'), load()]);
      return await (zodResolver(schema as never) as unknown as Resolver<I, unknown, O>)(
        values,
        context,
        options,
      );
    } catch {
      return { values: values as unknown as O, errors: {} };
    }
  };
}
