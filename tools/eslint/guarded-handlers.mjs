/** Decorators that make a method answer requests, and those that make it answer a socket's messages. */
const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Search', 'Sse']);
const MESSAGES = new Set(['SubscribeMessage']);

/** Who a handler lets in: exactly one of these stands on the method, or for all of them on the class. */
const GUARDS_OF_ROUTES = new Set(['Public', 'Requires', 'RequiresSession']);
const GUARDS_OF_MESSAGES = new Set(['Requires', 'FromAgent']);

/** @param {{decorators?: {expression: object}[]}} node @returns {string[]} names of its decorators */
function decoratorNames(node) {
  return (node.decorators ?? []).map(({ expression }) => {
    const callee = expression.type === 'CallExpression' ? expression.callee : expression;
    return callee.type === 'Identifier' ? callee.name : '';
  });
}

/** Wants each handler to say who is let in: forgotten means closed, but what is closed by accident is opened in haste. */
export const guardedHandlers = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      none: 'The handler {{name}} says nothing of who is let in: add one of {{guards}}.',
      several: 'The handler {{name}} says more than once who is let in: keep one of {{guards}}.',
    },
  },
  create(context) {
    const check = (method, handlers, guards) => {
      const own = decoratorNames(method);
      if (!own.some((name) => handlers.has(name))) return;
      const ofClass = decoratorNames(method.parent.parent).filter((name) => guards.has(name));
      const found = [...own.filter((name) => guards.has(name)), ...ofClass];
      if (found.length === 1) return;
      const data = {
        name: method.key.type === 'Identifier' ? method.key.name : 'here',
        guards: [...guards].map((name) => `@${name}`).join(', '),
      };
      context.report({ node: method.key, messageId: found.length === 0 ? 'none' : 'several', data });
    };
    return {
      MethodDefinition(method) {
        check(method, ROUTES, GUARDS_OF_ROUTES);
        check(method, MESSAGES, GUARDS_OF_MESSAGES);
      },
    };
  },
};

/** The repository's own rules. */
export default { rules: { 'guarded-handlers': guardedHandlers } };
